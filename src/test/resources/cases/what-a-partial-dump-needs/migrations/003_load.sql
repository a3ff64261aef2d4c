SELECT depot.load_of(1);
