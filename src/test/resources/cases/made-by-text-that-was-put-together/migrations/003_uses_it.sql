ALTER TABLE events_2026 ADD COLUMN note text;
