CREATE TYPE size AS ENUM ('s');
ALTER TYPE mood ADD VALUE 'great';
INSERT INTO days VALUES ('great');
