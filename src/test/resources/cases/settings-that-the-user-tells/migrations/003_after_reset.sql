SET search_path = public;
RESET search_path;
INSERT INTO jars VALUES (1);
