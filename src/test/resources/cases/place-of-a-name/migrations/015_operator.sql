CREATE TABLE spans (r int4range);
ALTER TABLE spans ADD CONSTRAINT apart EXCLUDE USING gist (r WITH <<<);
