CREATE INDEX ON orders (display_name);
