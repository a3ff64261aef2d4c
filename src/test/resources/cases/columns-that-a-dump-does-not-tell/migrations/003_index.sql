CREATE INDEX ON place (outline);
