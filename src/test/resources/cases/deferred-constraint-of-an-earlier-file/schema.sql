CREATE TABLE seats (n int);
