CREATE INDEX ON users (tenant);
