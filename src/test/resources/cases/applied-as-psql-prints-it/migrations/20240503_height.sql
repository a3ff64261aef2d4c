ALTER TABLE tide ADD height numeric;
