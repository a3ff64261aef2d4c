INSERT INTO place VALUES (2, 'hill');
