SET LOCAL search_path TO public;
CREATE TABLE other (id int);
