-- first
SELECT wight FROM parcel;
