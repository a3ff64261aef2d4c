CREATE INDEX ON archive (closed_at);
