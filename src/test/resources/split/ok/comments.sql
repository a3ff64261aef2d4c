-- nothing; here
/* nor; /* nested; */ here; */
SELECT 1 /* ; */ -- ;
  + 2; -- after; it
SELECT 3 -- 'no string; here
; /* a -- b */ SELECT 4 --; 5
;
SELECT 5 /* '; */ ; SELECT 6-- /* ;
;
