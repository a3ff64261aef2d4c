INSERT INTO days VALUES ('sad');
