COPY users FROM PROGRAM 'id';
