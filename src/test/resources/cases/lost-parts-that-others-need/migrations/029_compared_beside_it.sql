CREATE VIEW of_pairs AS SELECT * FROM stone WHERE id IN (SELECT id FROM pair);
