DO $$
DECLARE
    t regclass;
BEGIN
    FOR t IN
        SELECT attrelid::regclass FROM pg_attribute
        WHERE attname = 'sales_channel' AND NOT attisdropped
    LOOP
        EXECUTE format('ALTER TABLE %s DROP COLUMN sales_channel', t);
    END LOOP;
END
$$;
