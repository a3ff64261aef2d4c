ALTER TABLE moon ADD phase text;
CREATE INDEX ON moon (phse);
