ALTER TYPE app.status ADD VALUE 'late';
ALTER TABLE app.orders
  ALTER status SET DEFAULT 'late';
