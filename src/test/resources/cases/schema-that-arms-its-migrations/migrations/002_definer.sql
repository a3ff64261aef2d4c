SELECT run();
