SELECT nosuch;
