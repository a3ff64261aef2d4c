CREATE TABLE
  theirs.mine (id int);
