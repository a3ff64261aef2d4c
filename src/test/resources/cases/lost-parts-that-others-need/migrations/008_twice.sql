CREATE VIEW paired AS SELECT place.*, pair.outline FROM place JOIN pair ON place.id = pair.id;
