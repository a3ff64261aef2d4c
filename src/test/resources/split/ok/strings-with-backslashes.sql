SET standard_conforming_strings = off;
SELECT 'it\'s; one';
SET standard_conforming_strings TO 'on';
SELECT 'C:\'; SELECT 1;
set session standard_conforming_strings = 0;
SELECT 'a\';b';
RESET standard_conforming_strings;
SELECT 'a\'; SELECT 2;
