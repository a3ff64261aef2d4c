ALTER TABLE crop DROP CONSTRAINT crop_year_check;
