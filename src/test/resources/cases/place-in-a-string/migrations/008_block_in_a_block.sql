DO $outer$
BEGIN
  EXECUTE $cmd$
    DO $inner$
    BEGIN
      PERFORM wight FROM parcel;
    END $inner$
  $cmd$;
END $outer$;
