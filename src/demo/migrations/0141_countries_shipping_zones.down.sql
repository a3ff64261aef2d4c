-- The former zones are in the ticket (JIRA-4702).
SELECT 1;
