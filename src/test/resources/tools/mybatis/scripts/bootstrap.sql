CREATE ROLE report;
