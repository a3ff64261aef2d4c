CREATE TABLE twin (LIKE place, outline text);
