ALTER TABLE accounts
  DROP COLUMN nickname,
  ADD COLUMN rank integer,
  ADD COLUMN rank text;
