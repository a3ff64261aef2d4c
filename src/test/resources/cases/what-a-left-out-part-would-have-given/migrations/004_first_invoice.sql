INSERT INTO invoices (note) VALUES ('the first one');
