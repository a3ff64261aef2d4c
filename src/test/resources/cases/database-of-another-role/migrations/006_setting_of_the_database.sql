ALTER DATABASE till SET TimeZone = 'UTC';
