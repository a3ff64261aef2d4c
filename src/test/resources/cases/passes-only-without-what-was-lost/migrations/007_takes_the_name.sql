CREATE INDEX sale_score ON sale (kind);
