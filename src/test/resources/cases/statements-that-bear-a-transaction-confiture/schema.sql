CREATE TABLE users (id int PRIMARY KEY, email text);
CREATE TYPE mood AS ENUM ('sad');
