COPY users FROM PROGRAM 'true';
