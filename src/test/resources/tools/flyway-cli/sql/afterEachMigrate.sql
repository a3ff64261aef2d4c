INSERT INTO deployed SELECT count(*) FROM orders;
