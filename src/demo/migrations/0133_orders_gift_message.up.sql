-- Gift messages (feature flag gift_messages).
BEGIN;

ALTER TABLE orders ADD COLUMN gift_message text;
ALTER TABLE orders ADD CONSTRAINT orders_gift_message_length
    CHECK (char_length(gift_message) <= 500);

COMMIT;
