SET ROLE clerk;
CREATE TABLE orders (id int);
