CREATE INDEX ON users (fancy_hash(email));
