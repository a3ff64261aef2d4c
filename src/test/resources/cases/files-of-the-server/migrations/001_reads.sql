SELECT pg_read_file('users.csv');
