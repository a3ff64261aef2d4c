package dev.confiture.preflight.rehearsal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DiscardAllTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET my.x = 1",
        "set session \"my\" . \"x\" to 1",
        "SET \"my.x\" = 1",
        "SET U&\"m\\0079.x\" = 1",
        "SET/**/my.x = 1",
        "SET LOCAL -- of mine\n my.x = 1",
        "SET my . x = 1",
        "DO $$BEGIN EXECUTE 'SET ' || name || ' = 1'; END$$",
        "DO $$BEGIN EXECUTE format('SET %s = 1', name); END$$",
        "SELECT pg_catalog.set_config('my.x', '1', false)",
        "SELECT set_config(name, '1', false)",
        "SELECT \"set_config\"('my.x', '1', false)",
        "SELECT setseed(0.1)",
        "LOAD 'auto_explain'",
        "LOAD $$auto_explain$$",
        "ALTER ROLE app SET work_mem = '1MB'",
        "ALTER\n  USER app PASSWORD 'x'",
        "ALTER DATABASE shop SET work_mem = '1MB'",
        "ALTER SYSTEM RESET ALL",
        "DO $$BEGIN EXECUTE 'ALTER ' || kind; END$$",
        "DROP OWNED BY app",
        "REVOKE CONNECT ON DATABASE shop FROM app",
        "UPDATE pg_catalog.pg_db_role_setting SET setconfig = NULL",
        "SELECT dblink_connect('mine', '')",
      })
  void someStatementsMakeTheNextSessionNew(String sql) {
    DiscardAll discard = new DiscardAll(_ -> List.of());
    assertTrue(discard.suffices("SELECT 1"));
    assertFalse(discard.suffices(sql));
    discard.runs(sql);
    assertFalse(discard.suffices("SELECT 1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT current_setting('plpgsql.extra_errors')",
        "SELECT current_setting(name)",
        "SHOW my.x",
        "RESET \"my.x\"",
        "SELECT * FROM pg_settings",
        "SELECT pg_my_temp_schema()",
      })
  void someOnlyTheirOwn(String sql) {
    DiscardAll discard = new DiscardAll(_ -> List.of());
    assertFalse(discard.suffices(sql));
    discard.runs(sql);
    assertTrue(discard.suffices("SELECT 1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-- Set it up. Then drop the\n-- rest.\nSET search_path = app, public;",
        "SELECT pg_catalog.set_config('search_path', '', false);",
        "UPDATE t SET \"userId\" = u.id, n = 'a.b' FROM users u WHERE t.name = u.name",
        "ALTER TABLE t ALTER COLUMN a SET NOT NULL, ALTER b SET DEFAULT nextval('app.s')",
        "ALTER TABLE app.t SET (fillfactor = 70); ALTER TABLE app.t SET SCHEMA app",
        "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES app.u ON DELETE SET NULL",
        "ALTER FUNCTION app.f() SET search_path = app, pg_temp",
        "SELECT current_setting('work_mem')",
        "SET ROLE app; RESET ROLE; SET LOCAL lock_timeout = '2s'",
        "CREATE TABLE event (language text, load int, extension text)",
      })
  void mostDoNot(String sql) {
    DiscardAll discard = new DiscardAll(_ -> List.of());
    assertTrue(discard.suffices(sql));
    discard.runs(sql);
    assertTrue(discard.suffices("SELECT 1"));
  }
}
