-- depends: 0004.index
CREATE TABLE orders (id bigint PRIMARY KEY);
COMMIT;
CREATE TABLE lines (id bigint PRIMARY KEY);
