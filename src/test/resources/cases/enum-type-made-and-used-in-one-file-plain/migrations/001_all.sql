CREATE TYPE size AS ENUM ('s');
ALTER TYPE size ADD VALUE 'm';
CREATE TABLE shirts (x size DEFAULT 'm');
