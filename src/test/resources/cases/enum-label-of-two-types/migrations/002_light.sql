ALTER TYPE light ADD VALUE 'bright';
INSERT INTO days VALUES ('bright');
