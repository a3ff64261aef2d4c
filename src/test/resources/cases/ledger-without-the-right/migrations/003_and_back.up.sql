SET ROLE clerk;
CREATE TABLE items (id int);
RESET ROLE;
