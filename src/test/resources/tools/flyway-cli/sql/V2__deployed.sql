CREATE TABLE deployed (orders bigint);
