SELECT grows(1, 2, 3);
