SELECT * FROM version;
