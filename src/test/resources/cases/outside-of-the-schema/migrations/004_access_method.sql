CREATE TABLE kept (id int) USING columnar;
