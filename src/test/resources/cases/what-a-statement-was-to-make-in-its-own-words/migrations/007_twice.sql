CREATE INDEX users_mail ON users (email);
CREATE INDEX users_mail ON users (id);
