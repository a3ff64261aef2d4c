/* all of it */ DISCARD ALL;
