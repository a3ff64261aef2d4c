CREATE INDEX ON users (dispaly_name);
