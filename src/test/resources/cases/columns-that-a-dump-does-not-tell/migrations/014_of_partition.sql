CREATE INDEX ON day_2024 (outline);
