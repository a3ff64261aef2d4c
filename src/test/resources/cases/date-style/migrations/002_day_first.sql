SET datestyle TO SQL, DMY;
INSERT INTO users
  VALUES (2, 'b', '01/13/2020');
