CREATE TABLE note_log AS SELECT missing FROM notes;
ALTER TABLE authors DROP COLUMN hidden;
