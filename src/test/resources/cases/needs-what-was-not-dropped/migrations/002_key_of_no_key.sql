ALTER TABLE tree ADD FOREIGN KEY (orchard_id) REFERENCES orchard (kind);
