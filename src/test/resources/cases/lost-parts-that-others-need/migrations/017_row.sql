SELECT ROW(1, NULL, 'hill')::place;
