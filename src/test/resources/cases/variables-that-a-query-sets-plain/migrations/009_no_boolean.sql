SELECT 'maybe' AS answer
\gset
\if :answer
SELECT nope;
\endif
CREATE TABLE no_boolean (id int) \gset
SELECT id FROM no_boolean;
