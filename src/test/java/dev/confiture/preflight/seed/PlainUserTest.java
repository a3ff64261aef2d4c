package dev.confiture.preflight.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.source.SchemaFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Restoring on a server where one is no superuser. */
final class PlainUserTest {

  @RegisterExtension static final RestoreServer SERVER = RestoreServer.start();

  /**
   * A new owner needs CREATE on the object's schema (<a
   * href="https://www.postgresql.org/docs/current/sql-alterfunction.html">ALTER FUNCTION</a>),
   * which postgres lacks on public; and event triggers are for superusers.
   */
  @Test
  void dumpLosesWhatOnlySuperusersMay() {
    Restored shop =
        SERVER.restoreAsPlainUser(SchemaFile.read(RestoreServer.dump("shop-schema.sql")));
    assertEquals(
        List.of(
            "104: this user may not make every role, owner and grant of the schema (1 was"
                + " refused): permission denied for schema public",
            "371: permission denied to create event trigger \"note_ddl\""),
        shop.gaps());
    assertEquals(List.of(), shop.lost(0));
    assertEquals(List.of("EVENT_TRIGGER note_ddl"), shop.lost(1));
    assertEquals(List.of("customers", "events", "events_2026", "orders"), shop.tables());
    assertEquals(
        List.of("shop_owner"),
        shop.ask(
            "SELECT DISTINCT relowner::regrole FROM pg_class"
                + " WHERE relnamespace = 'app'::regnamespace"));
    assertEquals(
        "preflight_plain",
        shop.askOne("SELECT proowner::regrole FROM pg_proc WHERE proname = 'note_ddl'"));
    assertEquals(
        "t", shop.askOne("SELECT has_table_privilege('shop_reader', 'app.orders', 'SELECT')"));
    assertEquals(
        List.of("Billing Team", "postgres", "shop_admin", "shop_owner", "shop_reader"),
        shop.seeded().stubRoles());
  }

  @Test
  void rolesThatCannotBeMadeAreOneGap() {
    Restored restored =
        SERVER.restoreAsWeakUser(
            RestoreServer.schema(
                """
                CREATE TABLE t (id int);
                ALTER TABLE t OWNER TO alice;
                GRANT SELECT ON TABLE t TO bob;
                CREATE POLICY p ON t TO bob USING (true);
                CREATE TABLE u (id int);
                """));
    assertEquals(
        "1: this user may not make every role, owner and grant of the schema (2 were refused):"
            + " permission denied to create role",
        restored.gaps().getFirst());
    assertEquals(List.of("POLICY t.p", "ROLE alice", "ROLE bob"), restored.lost());
    assertEquals(List.of(), restored.seeded().stubRoles());
    assertEquals(List.of("t", "u"), restored.tables());
    assertEquals(
        "preflight_weak|NULL",
        restored.askOne("SELECT relowner::regrole, relacl FROM pg_class WHERE relname = 't'"));
  }

  @Test
  void roleOfSomebodyElseCannotBeGivenAnything() {
    SERVER.run("CREATE ROLE stranger");
    Restored restored =
        SERVER.restoreAsWeakUser(
            RestoreServer.schema(
                """
                CREATE TABLE t (id int);
                ALTER TABLE t OWNER TO stranger;
                CREATE VIEW v AS SELECT id FROM t;
                ALTER VIEW v OWNER TO stranger;
                GRANT SELECT ON TABLE t TO stranger;
                """));
    String may =
        SERVER.major() < 16
            ? "must be member of role \"stranger\""
            : "must be able to SET ROLE \"stranger\"";
    assertEquals(
        List.of(
            "2: this user may not make every role, owner and grant of the schema (2 were"
                + " refused): "
                + may),
        restored.gaps());
    assertEquals("t", restored.askOne("SELECT has_table_privilege('stranger', 't', 'SELECT')"));
  }

  /** The owner of plpgsql is initdb's superuser. */
  @Test
  void commentOnAnExtensionOfTheServersIsNoLoss() {
    Restored restored =
        SERVER.restoreAsPlainUser(
            RestoreServer.schema(
                """
                CREATE EXTENSION IF NOT EXISTS plpgsql WITH SCHEMA pg_catalog;
                COMMENT ON EXTENSION plpgsql IS 'PL/pgSQL procedural language';
                CREATE TABLE t (id int);
                """));
    restored.assertNoGap();
    assertEquals(List.of("t"), restored.tables());
  }

  @Test
  void codeThatRunsWithoutRightsNeedsNoRemark() {
    Restored restored =
        SERVER.restoreAsPlainUser(
            RestoreServer.schema("CREATE TABLE t (id int);\nDO $$ BEGIN NULL; END $$;\n"));
    restored.assertNoGap();
    assertEquals(List.of(), restored.seeded().notes());
  }
}
