INSERT INTO accounts (id) VALUES (2), (3);
ALTER TABLE accounts ADD PRIMARY KEY (mail);
