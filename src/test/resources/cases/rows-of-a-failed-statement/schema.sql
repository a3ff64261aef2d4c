CREATE TABLE roles (id int PRIMARY KEY, name text);
CREATE TABLE members (role_id int REFERENCES roles);
CREATE TABLE places (id int PRIMARY KEY);
CREATE TABLE visits (place_id int REFERENCES places);
