-- all or nothing
START TRANSACTION;
CREATE TABLE d1 ();
END;
