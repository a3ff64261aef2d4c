CREATE TEXT SEARCH DICTIONARY public.words (template = simple, stopwords = nosuch_words);
