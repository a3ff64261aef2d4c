INSERT INTO depot (id, city) VALUES (1, 'Lyon')
ON CONFLICT (city) DO NOTHING;
