COPY users FROM '/users.csv';
