CREATE OR REPLACE VIEW all_places AS SELECT id, name FROM place;
