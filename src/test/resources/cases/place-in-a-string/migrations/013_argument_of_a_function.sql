SELECT query_to_xml(
  'SELECT id, wight FROM parcel', true, false, '');
