create index concurrently users_name on users (name);
insert into users values (1, 'a;b');
