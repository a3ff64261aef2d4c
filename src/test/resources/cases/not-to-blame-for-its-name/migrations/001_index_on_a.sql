CREATE UNIQUE INDEX oak_a ON oak (a) WHERE nosuch > 0;
