UPDATE wages SET paid = '2020-01-01';
