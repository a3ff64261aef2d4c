CREATE TABLE shapes (id int, outline fancy_shape);
