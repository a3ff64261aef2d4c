CREATE TEMP TABLE kept (id int);
