SELECT set_config('datestyle', 'German', false);
INSERT INTO users VALUES (3, 'c', '13.01.2020');
