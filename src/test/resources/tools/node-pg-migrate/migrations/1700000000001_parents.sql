-- Up Migration
CREATE TABLE parents (id int PRIMARY KEY);

-- Down Migration
DROP TABLE parents;
