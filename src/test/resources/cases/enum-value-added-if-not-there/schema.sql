CREATE TYPE mood AS ENUM ('sad');
CREATE TABLE days (x mood);
