CREATE TABLE accounts (id integer PRIMARY KEY, balance text);
