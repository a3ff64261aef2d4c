CREATE TABLE xxx_b ();
