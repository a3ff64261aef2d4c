SET search_path TO app;
CREATE TABLE orders (id int);
RESET search_path;
