-- Every table with an order_id gets the sales channel too, so that the
-- warehouse export need not join orders any more.
ALTER TABLE orders ADD COLUMN sales_channel text NOT NULL DEFAULT 'web';

DO $$
DECLARE
    t regclass;
BEGIN
    FOR t IN
        SELECT c.oid::regclass
        FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'public'::regnamespace
          AND c.relkind = 'r'
          AND a.attname = 'order_id'
        ORDER BY c.relname
    LOOP
        EXECUTE format('ALTER TABLE %s ADD COLUMN sales_channel text', t);
    END LOOP;
END
$$;
