package dev.confiture.preflight.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dumps of pg_dump's restore whole: what the catalog then holds is what they say. */
final class RealDumpsTest {

  private static final String SHOP = "shop-schema.sql";
  private static final String SHOP_WITH_ROWS = "shop-create-with-rows.sql";

  @RegisterExtension static final RestoreServer SERVER = RestoreServer.start();

  @ParameterizedTest
  @ValueSource(strings = {SHOP, SHOP_WITH_ROWS})
  void nothingIsLost(String dump) {
    Restored shop = SERVER.restoreDump(dump);
    shop.assertNoGap();
    assertEquals(List.of(), shop.seeded().notes());
    assertEquals(4, shop.seeded().tables());
    assertEquals(List.of("customers", "events", "events_2026", "orders"), shop.tables());
    assertEquals(
        List.of("citext", "pg_trgm", "plpgsql"),
        shop.ask("SELECT extname FROM pg_extension ORDER BY 1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {SHOP, SHOP_WITH_ROWS})
  void columnsAndConstraintsAreThere(String dump) {
    Restored shop = SERVER.restoreDump(dump);
    shop.look().run("SET search_path = ''");
    assertEquals(
        List.of(
            "id|bigint|t|a|NULL",
            "email|public.citext|t||NULL",
            "full_name|text|t||NULL",
            "note|text|f||'a;b\\c'::text"),
        shop.ask(
            "SELECT attname, format_type(atttypid, atttypmod), attnotnull,"
                + " attidentity, pg_get_expr(adbin, adrelid) FROM pg_attribute"
                + " LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum"
                + " WHERE attrelid = 'app.customers'::regclass AND attnum > 0 ORDER BY attnum"));
    assertEquals(
        List.of(
            "customers_email_key|u",
            "customers_pkey|p",
            "orders_customer_id_fkey|f",
            "orders_pkey|p",
            "orders_total_check|c"),
        shop.ask(
            "SELECT conname, contype FROM pg_constraint WHERE connamespace = 'app'::regnamespace"
                + " AND contype <> 'n' ORDER BY 1"));
    assertEquals(
        "nextval('app.orders_id_seq'::regclass)",
        shop.askOne(
            "SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef"
                + " WHERE adrelid = 'app.orders'::regclass AND adnum = 1"));
    assertEquals(
        "app.events|FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
        shop.askOne(
            "SELECT inhparent::regclass, pg_get_expr(relpartbound, c.oid) FROM pg_class c"
                + " JOIN pg_inherits ON inhrelid = c.oid WHERE c.oid = 'app.events_2026'::regclass"));
    assertEquals(
        "new,paid,shipped",
        shop.askOne(
            "SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum"
                + " WHERE enumtypid = 'app.order_status'::regtype"));
    assertEquals(
        "gin_trgm_ops",
        shop.askOne(
            "SELECT opcname FROM pg_index JOIN pg_opclass o ON o.oid = indclass[0]"
                + " WHERE indexrelid = 'app.customers_name_trgm'::regclass"));
    assertEquals("5", shop.askOne("SELECT app.add(2, 3)"));
    assertEquals(
        "orders_touch|O",
        shop.askOne("SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal"));
  }

  @ParameterizedTest
  @ValueSource(strings = {SHOP, SHOP_WITH_ROWS})
  void ownersAreProductions(String dump) {
    Restored shop = SERVER.restoreDump(dump);
    assertEquals(
        List.of("shop_owner"),
        shop.ask(
            "SELECT nspowner::regrole FROM pg_namespace WHERE nspname = 'app'"
                + " UNION SELECT relowner::regrole FROM pg_class"
                + " WHERE relnamespace = 'app'::regnamespace"
                + " UNION SELECT typowner::regrole FROM pg_type"
                + " WHERE typnamespace = 'app'::regnamespace"
                + " UNION SELECT proowner::regrole FROM pg_proc"
                + " WHERE pronamespace = 'app'::regnamespace"));
    assertEquals(
        "postgres",
        shop.askOne("SELECT proowner::regrole FROM pg_proc WHERE proname = 'note_ddl'"));
  }

  @ParameterizedTest
  @ValueSource(strings = {SHOP, SHOP_WITH_ROWS})
  void rightsAreProductions(String dump) {
    Restored shop = SERVER.restoreDump(dump);
    assertEquals(
        List.of(
            "customers|shop_reader|SELECT|f",
            "events|shop_reader|SELECT|f",
            "events_2026|shop_reader|SELECT|f",
            "open_orders|shop_reader|SELECT|f",
            "orders|\"Billing Team\"|INSERT|t",
            "orders|\"Billing Team\"|SELECT|t",
            "orders|shop_reader|SELECT|f",
            "totals|shop_reader|SELECT|f"),
        shop.ask(
            "SELECT relname, grantee::regrole, privilege_type, is_grantable FROM pg_class,"
                + " aclexplode(relacl) WHERE relnamespace = 'app'::regnamespace"
                + " AND grantee <> relowner ORDER BY relname, grantee::regrole::text COLLATE \"C\","
                + " privilege_type"));
    assertEquals(
        "email|shop_admin|SELECT",
        shop.askOne(
            "SELECT attname, grantee::regrole, privilege_type FROM pg_attribute,"
                + " aclexplode(attacl) WHERE attrelid = 'app.customers'::regclass"));
    assertEquals(
        "shop_reader|USAGE",
        shop.askOne(
            "SELECT grantee::regrole, privilege_type FROM pg_namespace, aclexplode(nspacl)"
                + " WHERE nspname = 'app' AND grantee <> nspowner"));
    assertEquals(
        "shop_owner|app|r|{shop_reader=r/shop_owner}",
        shop.askOne(
            "SELECT defaclrole::regrole, defaclnamespace::regnamespace, defaclobjtype, defaclacl"
                + " FROM pg_default_acl"));
  }

  @ParameterizedTest
  @ValueSource(strings = {SHOP, SHOP_WITH_ROWS})
  void policiesAndEventTriggersAreProductions(String dump) {
    Restored shop = SERVER.restoreDump(dump);
    assertEquals(
        "own_orders|PERMISSIVE|{\"Billing Team\",shop_reader}|SELECT",
        shop.askOne("SELECT policyname, permissive, roles, cmd FROM pg_policies"));
    assertEquals(
        "t|f",
        shop.askOne(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class"
                + " WHERE oid = 'app.orders'::regclass"));
    // Only a superuser can own one, and no stub is: it stays with the one who restored.
    assertEquals(
        "note_ddl|ddl_command_end|O|note_ddl|t",
        shop.askOne(
            "SELECT evtname, evtevent, evtenabled, proname, rolsuper FROM pg_event_trigger"
                + " JOIN pg_proc p ON p.oid = evtfoid JOIN pg_roles r ON r.oid = evtowner"));
  }

  @Test
  void schemaAloneHasNoRows() {
    Restored shop = SERVER.restoreDump(SHOP);
    assertEquals(
        "0|0",
        shop.askOne(
            "SELECT (SELECT count(*) FROM app.customers)," + " (SELECT count(*) FROM app.orders)"));
    assertEquals(
        "f", shop.askOne("SELECT relispopulated FROM pg_class WHERE oid = 'app.totals'::regclass"));
    assertEquals(
        "0", shop.askOne("SELECT count(*) FROM pg_db_role_setting WHERE setdatabase <> 0"));
  }

  @Test
  void rowsAreProductions() {
    Restored shop = SERVER.restoreDump(SHOP_WITH_ROWS);
    assertEquals(
        List.of(
            "1|a@example.org|Zoë\tTab|line\nbreak \\ back",
            "2|b@example.org|雪 🚀|NULL",
            "3|c@example.org|\\.|semi; -- no comment"),
        shop.ask("SELECT id, email, full_name, note FROM app.customers ORDER BY id"));
    assertEquals(
        List.of("1|1|new|10.50", "2|2|new|0.00"),
        shop.ask("SELECT id, customer_id, status, total FROM app.orders ORDER BY id"));
    assertEquals(
        List.of("1|10.50", "2|0.00"),
        shop.ask("SELECT customer_id, total FROM app.totals ORDER BY customer_id"));
  }

  @Test
  void sequencesGoOnWhereProductionsStood() {
    Restored shop = SERVER.restoreDump(SHOP_WITH_ROWS);
    assertEquals("4", shop.askOne("SELECT nextval('app.customers_id_seq')"));
    assertEquals("3", shop.askOne("SELECT nextval('app.orders_id_seq')"));
  }

  @Test
  void settingsOfTheDatabaseAreForOurs() {
    Restored shop = SERVER.restoreDump(SHOP_WITH_ROWS);
    assertEquals("app, public", shop.askOne("SHOW search_path"));
    assertEquals("30s", shop.askOne("SHOW statement_timeout"));
    assertEquals(
        "shop_reader|{default_transaction_read_only=on}",
        shop.askOne(
            "SELECT setrole::regrole, setconfig FROM pg_db_role_setting JOIN pg_database d"
                + " ON d.oid = setdatabase WHERE datname = current_database() AND setrole <> 0"));
    assertEquals("0", shop.askOne("SELECT count(*) FROM pg_database WHERE datname = 'shop'"));
  }

  /** Written by pg_dump from names that were in the database as "StraÃ\u009Fe". */
  @Test
  void latin1DumpKeepsItsLetters() {
    Restored restored = SERVER.restoreDump("latin1.sql");
    restored.assertNoGap();
    assertEquals(List.of("StraÃ\u009Fe"), restored.tables());
    assertEquals("1|Ã©", restored.askOne("SELECT * FROM \"StraÃ\u009Fe\""));
  }
}
