ALTER TABLE brand ADD UNIQUE (since);
