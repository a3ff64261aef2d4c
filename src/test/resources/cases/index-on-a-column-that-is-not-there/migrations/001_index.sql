CREATE UNIQUE INDEX users_display_name_key ON users (display_name);
