CREATE TABLE in_public_too (id int);
