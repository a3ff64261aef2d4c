CREATE TABEL visits (id int);
