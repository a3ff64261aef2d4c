CREATE VIEW all_notes AS SELECT * FROM notes;
