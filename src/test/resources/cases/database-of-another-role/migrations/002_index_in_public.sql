CREATE INDEX coins_id ON coins (id);
