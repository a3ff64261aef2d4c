CREATE SCHEMA app;

---- create above / drop below ----

DROP SCHEMA app;
