-- one; 'two
SELECT 1 /* a; /* nested; */ 'still */ + 2; /* between */ SELECT 3 -- not the end;
  + 4;
/* before */ SELECT 5 /*/ ; */ , 6 /***/, 7 /*;**/; --/*
SELECT 8*/*;*/9;SELECT 10--;
/**/-/**/- 11;SELECT -/*;*/-12;
-- last; */
