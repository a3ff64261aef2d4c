-- Executed by the Python file.
CREATE VIEW nicks AS SELECT nick_name FROM users;

CREATE VIEW names AS SELECT name FROM users;
