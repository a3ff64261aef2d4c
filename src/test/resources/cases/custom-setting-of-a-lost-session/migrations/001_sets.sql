SET app.tenant = 'public';
SELECT keep_memory();
