ALTER TABLE events RENAME TO events_old;
SELECT nope;
