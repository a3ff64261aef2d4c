-- New orders start as pending; drafts live in the cart now.
ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'pending';
ALTER TABLE orders ALTER COLUMN currency SET NOT NULL;
