INSERT INTO brand VALUES ('old', 1901);
