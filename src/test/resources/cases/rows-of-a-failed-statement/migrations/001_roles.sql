INSERT INTO roles (id, nmae) VALUES (1, 'admin');
