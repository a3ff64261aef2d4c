DROP CAST (mood AS nosuch_type);
