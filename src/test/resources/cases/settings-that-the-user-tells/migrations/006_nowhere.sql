ALTER TABLE bottles ADD COLUMN label text;
