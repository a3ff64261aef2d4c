CREATE TABLE archive (
  kept_by text,
  LIKE accounts_of_old
);
