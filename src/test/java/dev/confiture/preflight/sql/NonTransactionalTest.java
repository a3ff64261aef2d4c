package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NonTransactionalTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CREATE INDEX CONCURRENTLY idx_foo ON foo (a) | CREATE INDEX CONCURRENTLY: idx_foo",
        "create unique index concurrently IF NOT EXISTS uq ON t (a) | CREATE INDEX CONCURRENTLY: uq",
        "CREATE INDEX CONCURRENTLY Idx_Foo ON foo (a) | CREATE INDEX CONCURRENTLY: Idx_Foo",
        "CREATE INDEX CONCURRENTLY \"My \"\"Index\" ON t (a) | CREATE INDEX CONCURRENTLY: My \"Index",
        "CREATE INDEX CONCURRENTLY \"on\" ON t (a) | CREATE INDEX CONCURRENTLY: on",
        "CREATE INDEX CONCURRENTLY if ON t (a) | CREATE INDEX CONCURRENTLY: if",
        "CREATE INDEX CONCURRENTLY ON t (a) | CREATE INDEX CONCURRENTLY",
        "DROP INDEX CONCURRENTLY i | DROP INDEX CONCURRENTLY",
        "DROP INDEX CONCURRENTLY IF EXISTS a.i, b.j | DROP INDEX CONCURRENTLY",
        "REINDEX INDEX CONCURRENTLY i | REINDEX CONCURRENTLY",
        "REINDEX (VERBOSE, CONCURRENTLY) TABLE t | REINDEX CONCURRENTLY",
        "REINDEX (CONCURRENTLY ON) TABLE t | REINDEX CONCURRENTLY",
        "REINDEX (CONCURRENTLY false, CONCURRENTLY true) TABLE t | REINDEX CONCURRENTLY",
        "REINDEX SCHEMA CONCURRENTLY s | REINDEX CONCURRENTLY",
        "REINDEX SCHEMA s | REINDEX SCHEMA",
        "REINDEX (VERBOSE) DATABASE d | REINDEX DATABASE",
        "REINDEX SYSTEM | REINDEX SYSTEM",
        "CREATE DATABASE d | CREATE DATABASE",
        "DROP DATABASE IF EXISTS d | DROP DATABASE",
        "ALTER DATABASE d SET TABLESPACE t | ALTER DATABASE SET TABLESPACE",
        "ALTER DATABASE d WITH TABLESPACE = t | ALTER DATABASE SET TABLESPACE",
        "ALTER DATABASE d TABLESPACE t | ALTER DATABASE SET TABLESPACE",
        "CREATE TABLESPACE t LOCATION '/t' | CREATE TABLESPACE",
        "DROP TABLESPACE IF EXISTS t | DROP TABLESPACE",
        "VACUUM | VACUUM",
        "vacuum analyze t | VACUUM",
        "VACUUM (FULL, ANALYZE) t | VACUUM",
        "CLUSTER | CLUSTER",
        "CLUSTER VERBOSE | CLUSTER",
        "CLUSTER (VERBOSE) | CLUSTER",
        "ALTER TABLE a.t DETACH PARTITION a.p CONCURRENTLY | ALTER TABLE DETACH PARTITION CONCURRENTLY",
        "ALTER TABLE IF EXISTS t DETACH PARTITION p CONCURRENTLY | ALTER TABLE DETACH PARTITION CONCURRENTLY",
        "ALTER SYSTEM SET work_mem = '1GB' | ALTER SYSTEM",
        "ALTER SYSTEM RESET ALL | ALTER SYSTEM",
        "DISCARD ALL | DISCARD ALL",
        "CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION p | CREATE SUBSCRIPTION",
        "CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION p WITH (create_slot) | CREATE SUBSCRIPTION",
        "CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION p WITH (slot_name = 'x', enabled = false)"
            + " | CREATE SUBSCRIPTION",
        "ALTER SUBSCRIPTION s REFRESH PUBLICATION WITH (copy_data = false)"
            + " | ALTER SUBSCRIPTION REFRESH PUBLICATION",
        "ALTER SUBSCRIPTION s SET PUBLICATION p, q | ALTER SUBSCRIPTION SET PUBLICATION",
        "ALTER SUBSCRIPTION s ADD PUBLICATION p WITH (refresh = true)"
            + " | ALTER SUBSCRIPTION ADD PUBLICATION",
        "ALTER SUBSCRIPTION s DROP PUBLICATION p WITH (copy_data = off)"
            + " | ALTER SUBSCRIPTION DROP PUBLICATION",
        "DROP SUBSCRIPTION IF EXISTS s | DROP SUBSCRIPTION",
        "COMMIT PREPARED 'x' | COMMIT PREPARED",
        "ROLLBACK PREPARED 'x' | ROLLBACK PREPARED"
      })
  void whatRefusesABlockIsCalled(String sql, String description) {
    assertEquals(Optional.of(description), NonTransactional.of(Sql.statement(sql)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE INDEX idx_foo ON foo (a)",
        "CREATE INDEX \"concurrently\" ON foo (a)",
        "CREATE INDEX i ON t (a) /* CONCURRENTLY */",
        "DROP INDEX i",
        "DROP INDEX \"concurrently\"",
        "REINDEX TABLE t",
        "REINDEX INDEX i",
        "REINDEX (VERBOSE) TABLE t",
        "REINDEX (CONCURRENTLY false) TABLE t",
        "REINDEX (CONCURRENTLY 0) TABLE t",
        "REINDEX (CONCURRENTLY 'OFF') TABLE t",
        "REINDEX TABLE \"concurrently\"",
        "ALTER DATABASE d SET work_mem = '1MB'",
        "ALTER DATABASE d SET tablespace TO 'x'",
        "ALTER DATABASE d RENAME TO tablespace",
        "ALTER DATABASE d REFRESH COLLATION VERSION",
        "ALTER TABLESPACE t RENAME TO u",
        "ALTER TYPE mood ADD VALUE 'new'",
        "ANALYZE t",
        "CLUSTER t",
        "CLUSTER t USING i",
        "CLUSTER VERBOSE t",
        "CLUSTER (VERBOSE) t USING i",
        "ALTER TABLE t CLUSTER ON i",
        "ALTER TABLE t DETACH PARTITION p",
        "ALTER TABLE t DETACH PARTITION p FINALIZE",
        "ALTER TABLE t DETACH PARTITION \"concurrently\"",
        "DISCARD PLANS",
        "DISCARD TEMP",
        "CHECKPOINT",
        "CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION p WITH (connect = false)",
        "CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION p WITH (create_slot = 'false')",
        "CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION p WITH (slot_name = NONE)",
        "ALTER SUBSCRIPTION s SET PUBLICATION p WITH (refresh = false)",
        "ALTER SUBSCRIPTION s ADD PUBLICATION p WITH (copy_data = false, refresh = off)",
        "ALTER SUBSCRIPTION s SET (slot_name = NONE)",
        "ALTER SUBSCRIPTION s ENABLE",
        "PREPARE TRANSACTION 'x'",
        "COMMIT",
        "ROLLBACK TO prepared",
        "PREPARE vacuum AS SELECT 1",
        "SELECT 'VACUUM'",
        "\"vacuum\"",
        "CREATE TABLE vacuum (\"create database\" int)",
        "INSERT INTO t VALUES ('CREATE INDEX CONCURRENTLY i ON t (a)')",
        "COMMENT ON TABLE t IS 'VACUUM; DROP DATABASE d'",
        "DO $$ BEGIN EXECUTE 'CREATE INDEX CONCURRENTLY idx_temp ON t (c)'; END $$",
        "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $f$ BEGIN VACUUM; END $f$",
        "CREATE PROCEDURE p() LANGUAGE sql BEGIN ATOMIC DELETE FROM t; END"
      })
  void whatRunsInABlockIsNotNamed(String sql) {
    assertEquals(Optional.empty(), NonTransactional.of(Sql.statement(sql)));
  }

  @Test
  void aFilesAreInTheOrderOfTheText() {
    assertEquals(
        List.of("VACUUM", "CREATE INDEX CONCURRENTLY: i", "VACUUM"),
        in(
            """
            -- DROP DATABASE d;
            VACUUM t;
            ALTER TABLE t ADD b int;
            CREATE INDEX/* no */CONCURRENTLY -- yet
              i ON t (b);
            VACUUM ANALYZE t;
            """));
    assertEquals(List.of(), in("CREATE TABLE t (a int); -- VACUUM\nCREATE INDEX i ON t (a);"));
  }

  @Test
  void aSubscriptionWhoseSlotWasTakenAwayIsDroppedInABlock() {
    String drop = "DROP SUBSCRIPTION s;";
    assertEquals(List.of(), in("ALTER SUBSCRIPTION s SET (slot_name = NONE);" + drop));
    assertEquals(
        List.of("DROP SUBSCRIPTION"),
        in("ALTER SUBSCRIPTION other SET (slot_name = NONE);" + drop));
    assertEquals(
        List.of("DROP SUBSCRIPTION"),
        in(
            "ALTER SUBSCRIPTION s SET (slot_name = NONE);"
                + " ALTER SUBSCRIPTION s SET (slot_name = 'again');"
                + drop));
    assertEquals(
        List.of(),
        in(
            "CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION p"
                + " WITH (create_slot = false, enabled = false, slot_name = NONE);"
                + drop));
  }

  private static List<String> in(String text) {
    return NonTransactional.in(Script.of(SourceText.of(text)).statements());
  }
}
