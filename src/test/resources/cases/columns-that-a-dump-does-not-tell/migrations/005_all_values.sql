INSERT INTO place VALUES (1, NULL, 'hill', 'n');
