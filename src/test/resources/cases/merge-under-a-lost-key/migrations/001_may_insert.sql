MERGE INTO price USING (VALUES (1, 'a')) AS n (id, code) ON price.id = n.id
  WHEN NOT MATCHED THEN INSERT (id, code) VALUES (n.id, n.code);
