CREATE TABLE users (id int PRIMARY KEY, email text, nick_name text);
CREATE TABLE orders (id int PRIMARY KEY, user_id int REFERENCES users);
CREATE FUNCTION keep_memory() RETURNS void LANGUAGE plpgsql
  AS $$BEGIN SET work_mem = '9MB'; END$$;
