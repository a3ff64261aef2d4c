ALTER TABLE status ADD COLUMN id2 int,
  ADD COLUMN "sta""tus" int;
