ALTER TABLE hot ADD COLUMN n nosuchtype;
