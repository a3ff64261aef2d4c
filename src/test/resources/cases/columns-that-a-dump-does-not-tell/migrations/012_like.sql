CREATE TABLE place_copy (LIKE place);
CREATE INDEX ON place_copy (outline);
