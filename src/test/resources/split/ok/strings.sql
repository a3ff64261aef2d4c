SELECT 'a;b', 'it''s; two', '--', '/* ', $1;
SELECT 'first;'
'second;', 'C:\'; SELECT N'n;', B'01', X'1F;' ; select''';''';
