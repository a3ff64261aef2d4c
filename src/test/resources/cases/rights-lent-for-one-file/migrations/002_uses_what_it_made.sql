INSERT INTO theirs.made VALUES (1);
