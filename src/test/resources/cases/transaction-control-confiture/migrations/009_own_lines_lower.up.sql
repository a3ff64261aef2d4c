begin;
CREATE TABLE i1 ();
  commit;
