CREATE TABLE h1 ();
COMMIT; -- and on
