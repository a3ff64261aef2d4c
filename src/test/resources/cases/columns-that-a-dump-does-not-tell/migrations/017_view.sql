CREATE VIEW every_place AS SELECT * FROM place;
CREATE VIEW outlines AS SELECT outline FROM every_place;
