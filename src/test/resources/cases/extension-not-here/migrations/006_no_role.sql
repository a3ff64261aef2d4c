ALTER TABLE orders OWNER TO fancy;
