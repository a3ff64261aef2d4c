SELECT count(*) FROM place UNION SELECT id * 2 FROM place;
