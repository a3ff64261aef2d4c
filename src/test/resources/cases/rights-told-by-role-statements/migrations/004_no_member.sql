ALTER TABLE archive ADD COLUMN moved date;
