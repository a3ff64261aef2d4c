CREATE TABLE c1 ();
COMMIT; -- and on
