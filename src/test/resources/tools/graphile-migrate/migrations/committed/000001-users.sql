--! Previous: -
--! Hash: sha1:d63fe57c7f4b9fac962a6945c86156ff80f081e2
--! Message: users

CREATE TABLE users (id bigint PRIMARY KEY);
