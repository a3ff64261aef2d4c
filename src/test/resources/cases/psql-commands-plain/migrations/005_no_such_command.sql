\begin;
SELECT 1;
