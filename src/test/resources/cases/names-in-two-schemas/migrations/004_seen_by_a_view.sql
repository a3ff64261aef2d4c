ALTER TABLE app.users
  ALTER COLUMN name TYPE varchar(20);
