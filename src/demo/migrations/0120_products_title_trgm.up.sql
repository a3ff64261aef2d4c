-- The search box tolerates typos now.
CREATE INDEX products_title_trgm_idx ON products USING gin (title gin_trgm_ops);
