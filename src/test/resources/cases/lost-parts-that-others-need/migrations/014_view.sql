CREATE VIEW all_places AS SELECT * FROM place;
