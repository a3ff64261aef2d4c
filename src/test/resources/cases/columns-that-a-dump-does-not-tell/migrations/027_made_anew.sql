DROP TABLE visit;
CREATE TABLE visit (id int, at text DEFAULT 'noon' NOT NULL);
INSERT INTO visit (id) VALUES (1);
