-- The order list pages by date. Concurrently: orders is never quiet.
CREATE INDEX CONCURRENTLY orders_created_at_idx ON orders (created_at);
