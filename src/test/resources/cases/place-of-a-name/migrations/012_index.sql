CREATE INDEX wight ON parcel (id) INCLUDE (wight);
