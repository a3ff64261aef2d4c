-- Up Migration
CREATE TABLE children (id int PRIMARY KEY, parent int REFERENCES parents DEFERRABLE INITIALLY DEFERRED);

-- Down Migration
DROP TABLE children;
