SELECT pg_read_file('/srv/shop/users.csv');
