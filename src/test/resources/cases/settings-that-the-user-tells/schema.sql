CREATE SCHEMA pantry;
CREATE TABLE pantry.jars (id int PRIMARY KEY);
