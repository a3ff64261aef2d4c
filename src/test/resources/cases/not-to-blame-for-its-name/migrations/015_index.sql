CREATE INDEX rings ON oak (nosuch);
