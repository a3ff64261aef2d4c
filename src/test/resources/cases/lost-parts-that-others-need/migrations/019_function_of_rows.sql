SELECT count(*) FROM each_counter();
