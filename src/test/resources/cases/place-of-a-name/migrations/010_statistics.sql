CREATE STATISTICS wight ON label, wight FROM parcel;
