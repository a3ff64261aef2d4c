CREATE TABLE notes (body text CHECK (body LIKE '%COMMIT;%'));
