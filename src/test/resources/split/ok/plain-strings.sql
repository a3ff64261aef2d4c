SELECT 'it''s; fine', 'a\'; SELECT 'second', '';SELECT '
;
', 'third';
SELECT '--', '/*', '$$', '"'; SELECT N'a\';
SELECT B'01', X'1f;';
