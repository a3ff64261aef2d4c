CREATE TABLE pin (name text, place integer);
CREATE VIEW pinned AS SELECT pin.name FROM pin JOIN place ON place.id = pin.place;
SELECT outline FROM pinned;
