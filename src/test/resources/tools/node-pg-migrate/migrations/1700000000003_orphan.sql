-- Down Migration
DELETE FROM children;

-- Up Migration
INSERT INTO children VALUES (1, 7);
