-- // parcels
CREATE TABLE parcels (id bigint PRIMARY KEY);

-- //@UNDO
DROP TABLE parcels;
