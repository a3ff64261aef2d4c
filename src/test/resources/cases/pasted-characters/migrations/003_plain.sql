ALTER TABLE customer ADD COLUMN c text;
