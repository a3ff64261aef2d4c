CREATE TABLE notes (body text NOT NULL);
INSERT INTO notes (body) VALUES (E'it\'s new');
