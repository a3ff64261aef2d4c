INSERT INTO visits VALUES (1);
CREATE TABLE visits (id number_of_a_visit);
