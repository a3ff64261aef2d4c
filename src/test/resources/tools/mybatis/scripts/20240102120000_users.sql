-- // users
CREATE TABLE users (id bigint PRIMARY KEY);

-- //@UNDO
DROP TABLE users;
