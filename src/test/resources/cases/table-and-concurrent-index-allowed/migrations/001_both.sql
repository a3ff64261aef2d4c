CREATE TABLE notes (id int);
CREATE INDEX CONCURRENTLY notes_id ON notes (id);
