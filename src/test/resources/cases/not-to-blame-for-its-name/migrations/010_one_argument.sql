SELECT grows(1);
