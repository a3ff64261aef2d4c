SET LOCAL search_path TO other;
SET search_path TO app;
