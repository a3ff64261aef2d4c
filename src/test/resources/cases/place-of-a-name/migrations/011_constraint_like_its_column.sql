ALTER TABLE parcel ADD CONSTRAINT depot_id
  FOREIGN KEY (depot_id) REFERENCES depot;
