ALTER TABLE oak ADD COLUMN bark nosuch_type;
