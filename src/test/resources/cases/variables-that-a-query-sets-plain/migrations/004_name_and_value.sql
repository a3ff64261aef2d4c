SELECT 'users' AS "table", 'it''s' AS text, 'off' AS on \gset v_
COMMENT ON TABLE :"v_table" IS :'v_text';
SELECT   nope FROM :v_table;
