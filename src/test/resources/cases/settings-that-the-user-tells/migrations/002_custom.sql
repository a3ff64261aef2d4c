SELECT 1 / (current_setting('app.tenant') = 'a, b')::int;
