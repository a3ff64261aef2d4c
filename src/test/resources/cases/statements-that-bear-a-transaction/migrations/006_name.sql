CREATE TABLE vacuum_runs (at date);
CREATE INDEX concurrent ON vacuum_runs (at);
