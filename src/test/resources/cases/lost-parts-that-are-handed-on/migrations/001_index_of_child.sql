CREATE INDEX ON child (outline);
