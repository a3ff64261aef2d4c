CREATE POLICY owner ON parcel
  FOR SELECT
  USING (owner = current_user);
