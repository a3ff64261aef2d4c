ALTER TABLE users
  ADD nick text;
ALTER TABLE not_there ADD x int;
