SELECT count(*) = 0 AS is_new FROM settings
\gset
\if :is_new
INSERT INTO settings VALUES ('edition', 1/0);
\endif
