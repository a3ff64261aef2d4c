CREATE VIEW pair_outlines AS SELECT pair.outline, place.name FROM place JOIN pair ON place.id = pair.id;
