CREATE TYPE rack AS ENUM ('a');
