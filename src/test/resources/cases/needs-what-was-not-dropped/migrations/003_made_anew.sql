CREATE TABLE orchard (id bigint PRIMARY KEY);
