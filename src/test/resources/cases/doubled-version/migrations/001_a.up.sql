CREATE TABLE xxx_a ();
