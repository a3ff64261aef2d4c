CREATE VIEW more_places AS SELECT * FROM day UNION ALL SELECT 1, current_date, NULL;
