CREATE TABLE accounts (id int, mail text);
INSERT INTO accounts (id) VALUES (1);
UPDATE accounts SET mail = lower(mial);
