CREATE TABLE m (x mood DEFAULT 'great');
INSERT INTO m VALUES ('great');
