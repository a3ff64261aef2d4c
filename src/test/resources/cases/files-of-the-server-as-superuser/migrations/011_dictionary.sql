CREATE TEXT SEARCH DICTIONARY shop (TEMPLATE = simple, StopWords = shop);
