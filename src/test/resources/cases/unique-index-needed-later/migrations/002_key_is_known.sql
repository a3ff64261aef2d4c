INSERT INTO users VALUES (2, 'a@example.org') ON CONFLICT (email) DO NOTHING;
