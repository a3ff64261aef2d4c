UPDATE jar SET size = 3;
