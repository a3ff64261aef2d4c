DELETE FROM pair WHERE (id, outline) IN (SELECT * FROM stone);
