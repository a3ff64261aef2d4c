UPDATE pair SET (id, outline) = (SELECT * FROM stone LIMIT 1);
