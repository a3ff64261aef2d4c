SELECT wight FROM parcel;
