package dev.confiture.preflight.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.problem.Problem.SandboxProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A statement that fails takes none of its neighbours with it, however they were sent. */
final class NarrowingTest {

  @RegisterExtension static final RestoreServer SERVER = RestoreServer.start();

  /** More than two round trips of tables, one a line. */
  private static List<String> tables() {
    return new ArrayList<>(
        IntStream.rangeClosed(1, 250)
            .mapToObj("CREATE TABLE t%d (id int DEFAULT length('雪 🚀'));"::formatted)
            .toList());
  }

  /** Errors with a position and without, of the parser, the analysis and the execution. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CREATE TABLE bad (LIKE no_such);            | relation "no_such" does not exist
          CREATE TABLE t1 (id int);                   | relation "t1" already exists
          CREATE TABLE bad (id int,);                 | syntax error at or near ")"
          ALTER TABLE t1 ADD CHECK (no_such);         | column "no_such" does not exist
          INSERT INTO t1 SELECT 1 / (id - id) FROM (SELECT 1 AS id) s; | division by zero
          COMMENT ON TABLE no_such IS '🚀';            | relation "no_such" does not exist
          """)
  void failureInTheMiddleIsOneGapAtItsLine(String statement, String reason) {
    List<String> lines = tables();
    lines.set(149, statement);
    Restored restored = SERVER.restore(String.join("\n", lines));
    assertEquals(List.of("150: " + reason), restored.gaps());
    assertEquals(249, restored.tables().size());
  }

  @Test
  void everyFailureIsFound() {
    List<String> lines = tables();
    for (int line : List.of(1, 2, 100, 101, 102, 250)) {
      lines.set(line - 1, "CREATE TABLE bad" + line + " (LIKE missing" + line + ");");
    }
    Restored restored = SERVER.restore(String.join("\n", lines));
    assertEquals(
        List.of(
            "1: relation \"missing1\" does not exist",
            "2: relation \"missing2\" does not exist",
            "100: relation \"missing100\" does not exist",
            "101: relation \"missing101\" does not exist",
            "102: relation \"missing102\" does not exist",
            "250: relation \"missing250\" does not exist"),
        restored.gaps());
    assertEquals(244, restored.tables().size());
  }

  @Test
  void consequencesAreUnderTheirCause() {
    Restored restored =
        SERVER.restore(
            """
            CREATE TABLE before (id int);
            CREATE TABLE lost (
                id int,
                x int
            ) INHERITS (missing);
            CREATE SEQUENCE lost_seq OWNED BY lost.id;
            ALTER TABLE lost OWNER TO somebody;
            CREATE VIEW lost_ids AS SELECT id FROM lost;
            CREATE VIEW again AS SELECT id FROM lost_ids;
            CREATE TABLE after (id int);
            """);
    assertEquals(List.of("2: relation \"missing\" does not exist"), restored.gaps());
    assertEquals(
        List.of(
            "COLUMN lost.id",
            "COLUMN lost.x",
            "RELATION again",
            "RELATION lost",
            "RELATION lost_ids",
            "RELATION lost_seq"),
        restored.lost());
    assertEquals(List.of("after", "before"), restored.tables());
  }

  /** A setting of a batch that failed is made again. */
  @Test
  void settingsHoldForWhatFollowsThem() {
    Restored restored =
        SERVER.restore(
            """
            CREATE SCHEMA a;
            CREATE SCHEMA b;
            SELECT pg_catalog.set_config('search_path', 'a', false);
            CREATE TABLE in_a (id int);
            CREATE TABLE bad (LIKE missing);
            CREATE TABLE in_a_too (id int);
            SELECT pg_catalog.set_config('search_path', 'b', false);
            CREATE TABLE in_b (id int);
            """);
    assertEquals(List.of("5: relation \"missing\" does not exist"), restored.gaps());
    assertEquals(
        List.of("a.in_a", "a.in_a_too", "b.in_b"),
        restored.ask(
            "SELECT oid::regclass FROM pg_class WHERE relkind = 'r'"
                + " AND relnamespace IN ('a'::regnamespace, 'b'::regnamespace) ORDER BY relname"));
  }

  /** Several statements in one message are one transaction, which psql's are not. */
  @Test
  void statementsThatMustBeAloneAre() {
    Restored restored =
        SERVER.restore(
            """
            CREATE TYPE mood AS ENUM ('sad');
            CREATE TABLE t (id int, m mood);
            CREATE INDEX CONCURRENTLY t_id ON t (id);
            ALTER TYPE mood ADD VALUE 'happy';
            INSERT INTO t VALUES (1, 'happy');
            CREATE TABLE u (id int);
            """);
    restored.assertNoGap();
    assertEquals("1|happy", restored.askOne("SELECT * FROM t"));
    assertEquals(
        "t",
        restored.askOne("SELECT indisvalid FROM pg_index WHERE indexrelid = 't_id'::regclass"));
    assertEquals(List.of("t", "u"), restored.tables());
  }

  @Test
  void nothingRestoredIsAProblem() {
    SandboxProblem problem =
        assertThrows(
            SandboxProblem.class,
            () ->
                SERVER.restore(
                    """
                    SET statement_timeout = 0;
                    SELECT pg_catalog.set_config('search_path', '', false);

                    this is no schema;
                    nor is this;
                    """));
    assertTrue(
        problem.text().endsWith("could be restored: syntax error at or near \"this\""),
        problem.text());
    assertEquals(
        "is it a schema for PostgreSQL? The statement is at line 4", problem.hint().orElse(""));
  }

  @Test
  void progressIsTold() {
    List<String> told = new ArrayList<>();
    String script = "SELECT 1;\n".repeat(1200);
    Seeder.restore(
        RestoreServer.schema(script),
        SERVER.restore("SELECT 1;").restoring(),
        true,
        Optional.empty(),
        Optional.empty(),
        (done, total) -> told.add(done + " of " + total));
    assertEquals(List.of("500 of 1200", "1000 of 1200"), told);
  }
}
