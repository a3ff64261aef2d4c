SELECT E'it\'s; one', e'\\'; SELECT E'\\\'; two''; ';
SELECT E'a''b\
;', 'c\';SELECT  E'';
-- an identifier that ends in e, then a plain string
SELECT date'2024-01-01\';
SELECT time E'1:00';
