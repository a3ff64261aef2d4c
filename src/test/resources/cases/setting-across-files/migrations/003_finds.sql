ALTER TABLE app.thing ADD COLUMN n int;
