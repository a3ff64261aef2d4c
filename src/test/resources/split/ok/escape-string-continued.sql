SELECT E'psql reads by lines: '
'C:\'; SELECT 1;
