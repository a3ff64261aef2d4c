UPDATE seats SET n = 3 - n;
