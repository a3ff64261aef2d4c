CREATE TABLE in_app_too (id int);
