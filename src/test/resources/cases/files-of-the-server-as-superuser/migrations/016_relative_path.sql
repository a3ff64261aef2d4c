COPY users TO 'users.csv';
