COPY users (id, nope)
  TO STDOUT;
