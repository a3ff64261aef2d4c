UPDATE ground SET size = 1;
