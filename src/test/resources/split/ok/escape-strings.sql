SELECT E'it\'s; one', e'\\'; SELECT E'a'';b\';c'
, 'd\', E'e\';';
SELECT U&'d\0061t;' UESCAPE '!', U&"x;y"; SELECT ee'a\'; SELECT 2;
