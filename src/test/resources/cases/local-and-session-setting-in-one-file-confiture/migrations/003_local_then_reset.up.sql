SET LOCAL search_path TO other;
RESET search_path;
CREATE TABLE in_public (id int);
