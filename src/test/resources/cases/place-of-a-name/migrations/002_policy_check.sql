CREATE POLICY mine ON parcel TO public
  WITH CHECK (id > 0 AND mine);
