SET datestyle = 'SQL, NonEuropean';
INSERT INTO users VALUES (1, 'a', '01/13/2020');
