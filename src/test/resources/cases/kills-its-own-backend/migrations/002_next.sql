CREATE TABLE after_it ();
