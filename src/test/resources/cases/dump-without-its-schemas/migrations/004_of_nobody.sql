CREATE TABLE other.things (id bigint);
