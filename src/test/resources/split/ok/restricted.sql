\restrict aB3xY

SELECT 1;
\unrestrict aB3xY

