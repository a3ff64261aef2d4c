ALTER TYPE mood ADD VALUE 'great';
INSERT INTO m VALUES ('great');
