insert into users values (2, E'it\'s; so');
insert into users values (3, 'c');
