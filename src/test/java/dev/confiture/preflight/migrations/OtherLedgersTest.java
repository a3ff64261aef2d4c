package dev.confiture.preflight.migrations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.migrations.LedgerFormat.Applied;
import dev.confiture.preflight.postgres.QualifiedName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables in which other tools record what they have applied. */
final class OtherLedgersTest extends InEmptyDatabase {

  private final Folder files;

  OtherLedgersTest(@TempDir Path path) throws IOException {
    files = new Folder(path).with("0141_a.sql", "0142_b.sql", "0143_c.sql");
  }

  @Test
  void noneIsThereInAnEmptyDatabase() {
    assertEquals(Optional.empty(), find());
    assertEquals(List.of(), OtherLedgers.withRows(session));
  }

  @Test
  void aRowForEachMigration() {
    session.run(
        "CREATE TABLE schema_migrations (version varchar PRIMARY KEY);"
            + " INSERT INTO schema_migrations VALUES ('0141'), ('0142'), ('0099')");
    assertEquals(found("public.schema_migrations", "0141", "0142", "0099"), find());
  }

  @Test
  void theNewestAlone() {
    session.run(
        "CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);"
            + " INSERT INTO schema_migrations VALUES (142, false)");
    assertEquals(found("public.schema_migrations", "0141", "0142"), find());
  }

  @Test
  void flywaysOwnThatSucceeded() {
    makeHistory();
    session.run(
        "INSERT INTO flyway_schema_history VALUES"
            + " ('141', 'SQL', true), ('142', 'SQL', false), (NULL, 'SQL', true)");
    assertEquals(found("public.flyway_schema_history", "141"), find());
  }

  @Test
  void flywaysBaselineAndWhatIsBelowIt() {
    makeHistory();
    session.run(
        "INSERT INTO flyway_schema_history VALUES"
            + " ('142', 'BASELINE', true), ('0143.1', 'SQL', true)");
    assertEquals(found("public.flyway_schema_history", "0141", "142", "0143.1"), find());
  }

  @Test
  void oneWithoutTheVersionOfAFileTellsNothing() {
    session.run(
        "CREATE TABLE schema_migrations (version varchar PRIMARY KEY);"
            + " INSERT INTO schema_migrations VALUES ('20260401'), ('20260402');"
            + " CREATE SCHEMA own; CREATE TABLE own.schema_migrations (version text);"
            + " INSERT INTO own.schema_migrations VALUES ('0141')");
    assertEquals(found("own.schema_migrations", "0141"), find());
    session.run("DELETE FROM own.schema_migrations");
    assertEquals(Optional.empty(), find());
    assertEquals(
        List.of(QualifiedName.of("public", "schema_migrations")), OtherLedgers.withRows(session));
  }

  @Test
  void oneThatTheUserMayNotReadTellsNothing() {
    session.run(
        "CREATE SCHEMA auth; CREATE TABLE auth.schema_migrations (version text);"
            + " INSERT INTO auth.schema_migrations VALUES ('0141');"
            + " CREATE ROLE stranger; SET LOCAL ROLE stranger");
    assertEquals(Optional.empty(), find());
    session.run("RESET ROLE; GRANT USAGE ON SCHEMA auth TO stranger; SET LOCAL ROLE stranger");
    assertEquals(Optional.empty(), find());
  }

  private void makeHistory() {
    session.run("CREATE TABLE flyway_schema_history (version text, type text, success boolean)");
  }

  private Optional<Applied> find() {
    return OtherLedgers.find(session, files.list("plain"));
  }

  private static Optional<Applied> found(String table, String... versions) {
    String[] parts = table.split("\\.", -1);
    return Optional.of(
        new Applied(QualifiedName.of(parts[0], parts[1]), Set.of(versions), Map.of()));
  }
}
