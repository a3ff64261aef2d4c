INSERT INTO days VALUES ('sad');
CREATE TABLE nights (x mood DEFAULT 'great');
