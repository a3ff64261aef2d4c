-- PostgreSQL cannot remove an enum value; the value stays, unused.
SELECT 1;
