INSERT INTO pair (id, outline) SELECT place.id, place.name FROM place JOIN stone ON place.id = stone.id;
