INSERT INTO visit (id, place, at) VALUES (2, 3, 'noon');
