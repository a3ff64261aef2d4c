/* one */ CREATE UNIQUE INDEX CONCURRENTLY "Users E-Mail" ON users (email);
