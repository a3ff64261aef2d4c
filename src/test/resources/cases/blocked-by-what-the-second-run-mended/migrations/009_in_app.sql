SET LOCAL search_path = app;
CREATE TABLE visits (id int);
