ALTER TABLE tags ADD COLUMN name text;
ALTER TABLE user_tags ADD COLUMN name text;
