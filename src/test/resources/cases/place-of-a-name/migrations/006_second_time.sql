INSERT INTO depot (id, city) VALUES (1, 'Lyon'), (1, 'Paris')
ON CONFLICT (id) DO UPDATE SET city = excluded.city;
