ALTER TABLE customer ADD name text NOT NULL;
