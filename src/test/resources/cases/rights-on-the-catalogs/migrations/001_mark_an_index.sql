CREATE INDEX t_id ON t (id);
UPDATE pg_index SET indisvalid = true WHERE indexrelid = 't_id'::regclass;
