SELECT * FROM never;
