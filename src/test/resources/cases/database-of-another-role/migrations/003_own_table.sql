ALTER TABLE coins ADD COLUMN worth int;
