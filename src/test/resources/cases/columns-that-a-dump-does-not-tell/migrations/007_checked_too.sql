INSERT INTO place (id, name) VALUES (3, 'hill');
