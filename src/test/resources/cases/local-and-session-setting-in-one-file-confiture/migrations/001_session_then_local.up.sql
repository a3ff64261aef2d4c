SET search_path TO app;
SET LOCAL search_path TO other;
CREATE TABLE in_other (id int);
