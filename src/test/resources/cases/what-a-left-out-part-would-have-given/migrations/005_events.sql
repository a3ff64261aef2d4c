CREATE TABLE events (
  name text,
  day moment
) PARTITION BY RANGE (day);
