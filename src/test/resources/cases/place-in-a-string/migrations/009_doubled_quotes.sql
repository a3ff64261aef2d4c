DO '
BEGIN
  EXECUTE ''SELECT ''''x'''', wight FROM parcel'';
END';
