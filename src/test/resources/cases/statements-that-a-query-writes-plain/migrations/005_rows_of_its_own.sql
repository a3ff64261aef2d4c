CREATE TABLE colours (name text);
INSERT INTO colours VALUES ('red'), ('light blue');
SELECT format('CREATE TABLE %I (id int)', name), NULL, format('ALTER TABLE %I ADD COLUMN note text', name)
FROM colours ORDER BY name
\gexec
SELECT note FROM red UNION ALL SELECT note FROM "light blue";
