CREATE INDEX ON orders (tennant);
