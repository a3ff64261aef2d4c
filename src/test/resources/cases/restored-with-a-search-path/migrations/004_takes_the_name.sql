ALTER TABLE shelf.page ADD CONSTRAINT title_ck CHECK (title <> '');
