CREATE TABLE kinds (id int PRIMARY KEY);
CREATE TABLE things (kind_id int REFERENCES kinds);
