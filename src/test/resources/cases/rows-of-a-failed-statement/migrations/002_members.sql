INSERT INTO members (role_id) VALUES (1);
