package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.sandbox.ExternalServer;
import dev.confiture.preflight.sandbox.TestServers;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of a statement's words is what a server answers inside a transaction block. */
final class NonTransactionalServerTest {

  private static final String SCHEMA =
      """
      CREATE TABLE t (a int, b int);
      CREATE INDEX i ON t (a);
      CREATE TYPE mood AS ENUM ('sad');
      CREATE TABLE parts (a int) PARTITION BY RANGE (a);
      CREATE TABLE p PARTITION OF parts FOR VALUES FROM (0) TO (1);
      CREATE TABLE q PARTITION OF parts FOR VALUES FROM (1) TO (2);
      CREATE PUBLICATION pub FOR TABLE t;
      CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1 port=1' PUBLICATION pub, more
        WITH (connect = false);
      CREATE SUBSCRIPTION slotless CONNECTION 'host=127.0.0.1 port=1' PUBLICATION pub
        WITH (connect = false, slot_name = NONE);
      ALTER SUBSCRIPTION s ENABLE;
      """;

  /** A statement, and the first major version that knows it. */
  private record Known(int since, String sql) {}

  private static Known known(String sql) {
    return new Known(0, sql);
  }

  private static final List<Known> REFUSED =
      List.of(
          known("CREATE INDEX CONCURRENTLY ON t (b)"),
          known("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a)"),
          known("DROP INDEX CONCURRENTLY i"),
          known("DROP INDEX CONCURRENTLY IF EXISTS gone"),
          known("REINDEX TABLE CONCURRENTLY t"),
          known("REINDEX INDEX CONCURRENTLY i"),
          new Known(14, "REINDEX (CONCURRENTLY) TABLE t"),
          known("REINDEX SCHEMA CONCURRENTLY public"),
          known("REINDEX SCHEMA public"),
          known("REINDEX DATABASE refusing"),
          known("REINDEX SYSTEM refusing"),
          known("CREATE DATABASE d"),
          known("DROP DATABASE IF EXISTS gone"),
          known("ALTER DATABASE refusing SET TABLESPACE pg_default"),
          known("ALTER DATABASE refusing WITH TABLESPACE pg_default"),
          known("CREATE TABLESPACE ts LOCATION '/nowhere'"),
          known("DROP TABLESPACE IF EXISTS gone"),
          known("VACUUM"),
          known("VACUUM ANALYZE t"),
          known("VACUUM (FULL) t"),
          known("CLUSTER"),
          known("CLUSTER VERBOSE"),
          new Known(14, "ALTER TABLE parts DETACH PARTITION p CONCURRENTLY"),
          known("ALTER SYSTEM SET work_mem = '8MB'"),
          known("ALTER SYSTEM RESET work_mem"),
          known("DISCARD ALL"),
          known("CREATE SUBSCRIPTION n CONNECTION 'port=1' PUBLICATION pub"),
          known("CREATE SUBSCRIPTION n CONNECTION 'port=1' PUBLICATION pub WITH (enabled = off)"),
          new Known(14, "ALTER SUBSCRIPTION s REFRESH PUBLICATION"),
          new Known(14, "ALTER SUBSCRIPTION s SET PUBLICATION pub"),
          new Known(14, "ALTER SUBSCRIPTION s ADD PUBLICATION other"),
          new Known(14, "ALTER SUBSCRIPTION s DROP PUBLICATION pub WITH (refresh)"),
          known("DROP SUBSCRIPTION s"),
          known("COMMIT PREPARED 'x'"),
          known("ROLLBACK PREPARED 'x'"));

  private static final List<Known> RUN =
      List.of(
          known("CREATE INDEX \"concurrently\" ON t (a)"),
          known("DROP INDEX i"),
          known("REINDEX TABLE t"),
          known("REINDEX (VERBOSE) INDEX i"),
          new Known(14, "REINDEX (CONCURRENTLY false) TABLE t"),
          known("ALTER DATABASE refusing SET work_mem = '1MB'"),
          known("ALTER TYPE mood ADD VALUE 'glad'"),
          known("ANALYZE t"),
          known("CLUSTER t USING i"),
          known("CLUSTER VERBOSE t USING i"),
          known("ALTER TABLE t CLUSTER ON i"),
          known("ALTER TABLE parts DETACH PARTITION q"),
          known("DISCARD PLANS"),
          known("CHECKPOINT"),
          known("CREATE SUBSCRIPTION n CONNECTION 'port=1' PUBLICATION pub WITH (connect = false)"),
          known("ALTER SUBSCRIPTION s SET PUBLICATION pub WITH (refresh = false)"),
          new Known(14, "ALTER SUBSCRIPTION s ADD PUBLICATION other WITH (refresh = off)"),
          known("ALTER SUBSCRIPTION s DISABLE"),
          known("DROP SUBSCRIPTION slotless"));

  static Stream<Path> servers() {
    return TestServers.binaries().stream();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void whatIsNamedIsRefusedAndWhatIsNotRuns(Path binaries) {
    try (ExternalServer server = ExternalServer.start(binaries)) {
      ConnectionString database = server.newDatabase("refusing");
      try (Session session = Session.open(database)) {
        for (Statement statement : Script.of(SourceText.of(SCHEMA)).statements()) {
          session.run(statement.text());
        }
        int major = session.serverVersion().major();
        for (Known refused : REFUSED) {
          if (refused.since() <= major) {
            assertEquals("refused", inABlock(session, refused.sql()), refused.sql());
            assertTrue(isNamed(refused.sql()), refused.sql());
          }
        }
        for (Known run : RUN) {
          if (run.since() <= major) {
            assertEquals("done", inABlock(session, run.sql()), run.sql());
          }
        }
        // The words do not tell that this one has no slot.
        RUN.stream()
            .map(Known::sql)
            .filter(sql -> !sql.equals("DROP SUBSCRIPTION slotless"))
            .forEach(sql -> assertFalse(isNamed(sql), sql));
      }
    }
  }

  private static boolean isNamed(String sql) {
    return NonTransactional.of(Sql.statement(sql)).isPresent();
  }

  /** Nothing of it stays. */
  private static String inABlock(Session session, String sql) {
    session.run("BEGIN");
    try {
      return switch (session.execute(sql)) {
        case Answer.Completed _ -> "done";
        case Answer.Refused(var error, _) when error.needsNoTransactionBlock() -> "refused";
        case Answer.Refused(var error, _) -> error.sqlState() + " " + error.message();
        case Answer.Lost(var reason, _, _, _) -> reason;
      };
    } finally {
      session.run("ROLLBACK");
    }
  }
}
