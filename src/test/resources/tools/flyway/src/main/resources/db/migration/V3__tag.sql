INSERT INTO customer (id, name) SELECT 1, current_setting('lock_timeout');
ALTER TABLE customer ADD CHECK (name = '5s'), ADD tag text;
ALTER TABLE customer ALTER tagg SET NOT NULL;
