CREATE TYPE mood AS ENUM ('sad');
CREATE TYPE light AS ENUM ('dark');
CREATE TABLE days (x mood);
