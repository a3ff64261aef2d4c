package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.problem.Problem;
import dev.confiture.preflight.recording.TeamCommand;
import dev.confiture.preflight.rehearsal.Limits;
import dev.confiture.preflight.rehearsal.Place;
import dev.confiture.preflight.report.Look;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.report.TableReport;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.Outcome;
import dev.confiture.preflight.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a command may do: the scripts do with psql what Active Record does, and what it should not.
 */
final class ExecTest {

  /** Runs one migration, unless it is recorded, in a transaction with its record. */
  private static final String RUN =
      """
      set -e
      ask() { psql -XqAt -v ON_ERROR_STOP=1 "$DATABASE_URL" "$@"; }
      run() {
        if [ -z "$(ask -c "SELECT 1 FROM schema_migrations WHERE version = '$1'")" ]; then
          echo "== $1 X: migrating ====="
          { echo "BEGIN;"; cat; record "$1"; echo "COMMIT;"; } | ask || exit 1
        fi
      }
      record() { echo "INSERT INTO \\"schema_migrations\\" (\\"version\\") VALUES ('$1');"; }
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeProject() throws IOException {
    Files.createDirectory(folder.resolve(".git"));
    Files.createDirectories(folder.resolve("config"));
    Files.writeString(folder.resolve("config/application.rb"), "");
    Files.createDirectories(folder.resolve("db/migrate"));
    migration("1_first.rb", "");
    Files.writeString(
        folder.resolve("schema.sql"),
        """
        CREATE TABLE public.orders (id integer PRIMARY KEY, total numeric);
        CREATE TABLE public.schema_migrations (version character varying NOT NULL PRIMARY KEY);
        INSERT INTO public.schema_migrations VALUES ('1');
        """);
  }

  private void migration(String name, String text) throws IOException {
    Files.writeString(folder.resolve("db/migrate").resolve(name), text);
  }

  private Report exec(String script) {
    return exec(script, Duration.ofMinutes(5));
  }

  private Report exec(String script, Duration limit) {
    return Preflight.rehearse(
        Options.of(folder)
            .withSchemaFile(folder.resolve("schema.sql"))
            .with(System.getenv())
            .with(new Limits(Duration.ofMinutes(1), Duration.ofSeconds(5), limit))
            .with(
                new TeamCommand(
                    List.of("sh", "-c", RUN + script), Map.of(), Optional.empty(), folder)));
  }

  private static List<String> outcomes(Report report) {
    return report.migrations().stream().map(ExecTest::outcome).toList();
  }

  private static String outcome(JudgedMigration migration) {
    String title = migration.rehearsed().migration().file().title();
    return switch (migration.outcome()) {
      case Outcome.Passed _ -> title + " passed";
      case Outcome.Failed failed ->
          title + " failed " + failed.failure().error().sqlState() + at(failed.failure().place());
      case Outcome.Blocked blocked ->
          title + " blocked by " + blocked.by().file().title() + at(blocked.failure().place());
      case Outcome.Unverified unverified -> title + " unverified: " + unverified.reason();
      case Outcome.Skipped skipped -> title + " skipped: " + skipped.reason();
    };
  }

  private static String text(Report report) {
    return TableReport.write(report, Look.PLAIN);
  }

  private static String at(Place place) {
    return " at " + place.start().line() + ":" + place.start().column();
  }

  @Test
  void seesWhatIsBehindAMigrationThatFails() throws IOException {
    migration("2_state.rb", "add_column :orders, :state, :text\n");
    migration(
        "3_fill.rb",
        """
        execute <<~SQL
          CREATE TABLE notes (id int);
          UPDATE orders
             SET stat = 'new';
        SQL
        """);
    migration("4_note.rb", "change_table :notes do |t|\n  t.text :text\nend\n");
    migration("5_total.rb", "add_column :orders, :total, :text\n");
    Report report =
        exec(
            """
            echo 'ALTER TABLE "orders" ADD "state" text;' | run 2
            printf 'CREATE TABLE notes (id int);\\nUPDATE orders\\n   SET stat = %s;' "'new'" | run 3
            echo 'ALTER TABLE "notes" ADD "text" text;' | run 4
            echo 'ALTER TABLE "orders" ADD "total" text;' | run 5
            """);
    assertEquals(
        List.of(
            "2_state passed",
            "3_fill failed 42703 at 4:10",
            "4_note blocked by 3_fill at 1:1",
            "5_total failed 42701 at 1:1"),
        outcomes(report));
  }

  @Test
  void saysWhatOneTransactionForAllUndoes() throws IOException {
    migration("2_state.rb", "");
    migration("3_total.rb", "");
    Report report =
        exec(
            """
            { echo 'BEGIN;'
              for v in 2:state 3:total; do
                if [ -z "$(ask -c "SELECT 1 FROM schema_migrations WHERE version = '${v%:*}'")" ]; then
                  echo "ALTER TABLE orders ADD ${v#*:} text;"
                  record "${v%:*}"
                fi
              done
              echo 'COMMIT;'; } | ask
            """);
    assertEquals(List.of("2_state passed", "3_total failed 42701 at 1:1"), outcomes(report));
    assertTrue(
        report.migrations().getFirst().rehearsed().observations().toString().contains("Undone"),
        () -> report.migrations().getFirst().rehearsed().observations().toString());
  }

  @Test
  void failsAMigrationThatTheCommandItselfFailsIn() throws IOException {
    migration("2_state.rb", "");
    migration("3_more.rb", "");
    Report report =
        exec(
            """
            if [ -z "$(ask -c "SELECT 1 FROM schema_migrations WHERE version = '2'")" ]; then
              echo "== 2 State: migrating ====="
              ask -c 'ALTER TABLE orders ADD state text'
              echo "undefined method stat"; exit 1
            fi
            echo 'ALTER TABLE orders ADD more text;' | run 3
            """);
    assertEquals(List.of("2_state failed  at 1:1", "3_more passed"), outcomes(report));
    assertTrue(text(report).contains("undefined method"), text(report));
  }

  @Test
  void failsWhereACommandEndsWellAndLeavesItsTransactionOpen() throws IOException {
    migration("2_state.rb", "");
    Report report = exec("{ echo 'BEGIN; ALTER TABLE orders ADD state text;'; record 2; } | ask");
    assertEquals(Verdict.FAILED, report.verdict());
    assertTrue(text(report).contains("leaves its transaction open"));
  }

  @Test
  void tellsARefusalThatTheCommandPassesOver() throws IOException {
    migration("2_state.rb", "");
    Report report =
        exec(
            """
            ask -c 'ALTER TABLE orders ADD total text' || true
            echo 'ALTER TABLE orders ADD state text;' | run 2
            """);
    assertEquals(List.of("2_state passed"), outcomes(report));
    assertTrue(
        report.remarks().notes().stream().anyMatch(note -> note.contains("42701")),
        () -> report.remarks().toString());
  }

  @Test
  void believesTheCommandWhereWhatItSentCannotBeSentAgain() throws IOException {
    migration("2_notes.rb", "");
    Report report =
        exec(
            """
            printf 'CREATE TABLE notes (id int);\nCOPY notes FROM STDIN;\n1\n\\.\nSELECT 1 / count(*) FROM notes;\n' \\
              | run 2
            """);
    assertEquals(List.of("2_notes passed"), outcomes(report));
    assertTrue(text(report).contains("not in the command"), () -> text(report));
  }

  @Test
  void doesNotJudgeWhatTheCommandDoesNotComeTo() throws IOException {
    migration("2_state.rb", "");
    migration("3_more.rb", "");
    Report report = exec("echo 'ALTER TABLE orders ADD state text;' | run 2");
    assertEquals(Verdict.UNVERIFIED, report.verdict());
    assertEquals(
        List.of("2_state passed", "3_more unverified: the command did not come to it"),
        outcomes(report));
  }

  @Test
  void refusesACommandThatDoesNotUseTheClone() throws IOException {
    migration("2_state.rb", "");
    for (String script : List.of("true", "exit 3", "nosuch-program")) {
      Problem problem = assertThrows(Problem.class, () -> exec(script));
      assertTrue(
          problem.text().contains("nothing to the clone")
              || problem.text().contains("cannot be started"),
          problem::text);
    }
  }

  @Test
  void endsACommandAtTheTimeLimitWithAllThatItHasStarted()
      throws IOException, InterruptedException {
    migration("2_state.rb", "");
    Path pid = folder.resolve("pid");
    assertThrows(
        Problem.class,
        () -> exec("sleep 1000 & echo $! > " + pid + "; sleep 1000", Duration.ofSeconds(20)));
    long started = Long.parseLong(Files.readString(pid).strip());
    // It was killed, and is soon gone.
    for (int tries = 0; tries < 500 && isAlive(started); tries++) {
      Thread.sleep(10);
    }
    assertFalse(isAlive(started));
  }

  private static boolean isAlive(long process) {
    return ProcessHandle.of(process).filter(ProcessHandle::isAlive).isPresent();
  }
}
