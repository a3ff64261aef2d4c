package dev.confiture.preflight.migrations.confiture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.migrations.Folder;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.sql.SourceText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What confiture cannot deploy of the SQL of a Python file. */
final class RecordedRefusalsTest {

  private final Folder folder;

  RecordedRefusalsTest(@TempDir Path path) {
    this.folder = new Folder(path);
  }

  @Test
  void aPythonFileNeedsNoDownFile() throws IOException {
    assertEquals(List.of(), refusals(true, call("CREATE TABLE a (id int)", false)));
  }

  @Test
  void aDoubledVersionIsRefusedAcrossKinds() throws IOException {
    folder.with("0001_b.up.sql", "0001_b.down.sql");

    assertEquals(
        List.of("version 0001 is also the version of 0001_b.up.sql, and confiture deploys neither"),
        refusals(true));
  }

  @Test
  void commitEndsTheTransactionAlsoAloneOnItsLine() throws IOException {
    assertEquals(
        List.of(
            "COMMIT ends the transaction that confiture opened for this file, and its RELEASE"
                + " SAVEPOINT then fails (3B001)"),
        refusals(true, call("COMMIT", false)));
  }

  @Test
  void outsideATransactionItMayHaveItsOwn() throws IOException {
    assertEquals(List.of(), refusals(false, call("BEGIN; COMMIT", false)));
  }

  @Test
  void copyAndPsqlCommandsAreRefused() throws IOException {
    assertEquals(
        List.of(
            "COPY … FROM stdin needs psql, and confiture does not use psql",
            "\\echo is a psql command, and confiture does not use psql"),
        refusals(true, call("COPY a FROM stdin", false), call("\\echo a", false)));
  }

  @Test
  void parametersLeaveRoomForOneStatementOnly() throws IOException {
    assertEquals(
        List.of(
            "cannot insert multiple commands into a prepared statement: that is what psycopg makes"
                + " of a text with parameters"),
        refusals(
            true,
            call("SELECT 1; SELECT 2", false),
            call("SELECT 1;", true),
            call("SELECT 1; SELECT 2; SELECT 3", true)));
  }

  private List<String> refusals(boolean transactional, Recording.Call... calls) throws IOException {
    MigrationFolder list = folder.holding("0001_a.py", "x\n").list("confiture");
    Recording recording =
        new Recording(
            Optional.of(
                new Recording.DeclaredClass("0001", "a", transactional, 1, List.of(), List.of())),
            List.of(calls),
            List.of(),
            new Recording.End.Complete());
    return RecordedMigration.of(list.migrations().getFirst(), SourceText.of("x\n"), recording)
        .refusals()
        .stream()
        .map(Refusal::message)
        .toList();
  }

  private static Recording.Call call(String sql, boolean parameters) {
    return new Recording.Call(sql, 1, 0, parameters, Optional.empty());
  }
}
