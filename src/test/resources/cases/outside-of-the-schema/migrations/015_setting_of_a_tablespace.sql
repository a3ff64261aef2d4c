ALTER TABLESPACE fast_ssd SET (random_page_cost = 1.1);
