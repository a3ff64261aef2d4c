ALTER TABLE visit RENAME TO visits;
