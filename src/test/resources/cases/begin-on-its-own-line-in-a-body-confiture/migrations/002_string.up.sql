INSERT INTO notes VALUES ('first
COMMIT;
last');
