-- orders.total follows its items; the service no longer computes it.
CREATE FUNCTION refresh_order_total() RETURNS trigger
LANGUAGE plpgsql
AS $function$
DECLARE
    changed bigint := coalesce(NEW.order_id, OLD.order_id);
BEGIN
    UPDATE orders o
    SET total = (SELECT coalesce(sum(i.line_total), 0) FROM order_items i WHERE i.order_id = changed)
    WHERE o.id = changed;
    RETURN NULL;
END;
$function$;

CREATE TRIGGER order_items_refresh_total
    AFTER INSERT OR UPDATE OR DELETE ON order_items
    FOR EACH ROW EXECUTE FUNCTION refresh_order_total();
