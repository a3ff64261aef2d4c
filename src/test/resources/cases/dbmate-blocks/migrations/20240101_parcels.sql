-- migrate:up
CREATE TABLE parcels (id bigint PRIMARY KEY);

-- migrate:down
DROP TABLE parcels;
