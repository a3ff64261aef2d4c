CREATE POLICY preflight_nobody ON parcel
  TO preflight_nobody;
