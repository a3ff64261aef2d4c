create table lines (id bigint primary key);
