CREATE INDEX ON hot USING nosuch_method (email);
