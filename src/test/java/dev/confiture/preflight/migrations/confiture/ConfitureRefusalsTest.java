package dev.confiture.preflight.migrations.confiture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.migrations.Folder;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.sql.SourceText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What confiture does not deploy, whatever the server says. */
final class ConfitureRefusalsTest {

  private final Path path;

  ConfitureRefusalsTest(@TempDir Path path) {
    this.path = path;
  }

  @Test
  void aFileWithItsDownFileIsNotRefused() throws IOException {
    assertEquals(List.of(), refusals("BEGIN;\nSELECT 1;\nCOMMIT;\n"));
  }

  @Test
  void theDownFileMayBeEmptyButMustBeThere() throws IOException {
    List<Refusal> refusals =
        new Folder(path).with("1_a.up.sql").refusals("confiture", "1_a.up.sql");
    assertEquals(1, refusals.size());
    assertEquals(Refusal.Stage.FILE, refusals.getFirst().stage());
    assertEquals(
        "confiture does not load a migration without its down file", refusals.getFirst().message());
    assertEquals("add 1_a.down.sql", refusals.getFirst().hint().orElse(""));
  }

  @Test
  void everyFileOfADoubledVersionIsRefusedAndNamesTheOther() throws IOException {
    Folder folder =
        new Folder(path)
            .with("1_a.up.sql", "1_a.down.sql", "1_b.up.sql", "1_b.down.sql")
            .with("01_c.up.sql", "01_c.down.sql");
    assertEquals(
        List.of("version 1 is also the version of 1_b.up.sql, and confiture deploys neither"),
        messages(folder.refusals("confiture", "1_a.up.sql")));
    assertEquals(
        List.of("version 1 is also the version of 1_a.up.sql, and confiture deploys neither"),
        messages(folder.refusals("confiture", "1_b.up.sql")));
    assertEquals(List.of(), folder.refusals("confiture", "01_c.up.sql"));
  }

  @Test
  void aByteOrderMarkIsRefusedAtTheFirstCharacter() throws IOException {
    Refusal refusal = onlyRefusal("\uFEFFSELECT 1;\n");
    assertTrue(refusal.message().contains("byte order mark"), refusal.message());
    assertEquals(0, refusal.start());
  }

  @Test
  void copyDataIsRefusedAtItsStatement() throws IOException {
    Refusal refusal = onlyRefusal("SELECT 1;\nCOPY t FROM stdin;\n1\n\\.\n");
    assertEquals(
        "COPY … FROM stdin needs psql, and confiture does not use psql", refusal.message());
    assertEquals(10, refusal.start());
  }

  @Test
  void aPsqlCommandIsRefusedAndNamed() throws IOException {
    Refusal refusal = onlyRefusal("SELECT 1;\n\\set x 1\n");
    assertEquals("\\set is a psql command, and confiture does not use psql", refusal.message());
    assertEquals(10, refusal.start());
    assertEquals(14, refusal.end());
  }

  @ParameterizedTest
  @CsvSource({
    "BEGIN; SELECT 1; COMMIT;, COMMIT",
    "SELECT 1; COMMIT; -- done, COMMIT",
    "START TRANSACTION; SELECT 1; end;, END",
    "SELECT 1; rollback;, ROLLBACK"
  })
  void whatEndsTheToolsTransactionIsRefusedAtItsPlace(String text, String word) throws IOException {
    Refusal refusal = onlyRefusal(text);
    assertTrue(refusal.message().startsWith(word + " ends the transaction"), refusal.message());
    assertEquals(
        word,
        SourceText.of(text).substring(refusal.start(), refusal.end()).toUpperCase(Locale.ROOT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SAVEPOINT a; SELECT 1; RELEASE a;",
        "SAVEPOINT a; ROLLBACK TO SAVEPOINT a;",
        "DO $$ BEGIN COMMIT; END $$;",
        "SELECT 'COMMIT;';",
        "COPY t FROM '/tmp/rows';",
        ""
      })
  void theseAreTheServersToJudge(String text) throws IOException {
    assertEquals(List.of(), refusals(text));
  }

  private Refusal onlyRefusal(String text) throws IOException {
    List<Refusal> refusals = refusals(text);
    assertEquals(1, refusals.size(), refusals.toString());
    assertEquals(Refusal.Stage.TEXT, refusals.getFirst().stage());
    return refusals.getFirst();
  }

  private List<Refusal> refusals(String text) throws IOException {
    return new Folder(path)
        .with("1_a.down.sql")
        .holding("1_a.up.sql", text)
        .refusals("confiture", "1_a.up.sql");
  }

  private static List<String> messages(List<Refusal> refusals) {
    return refusals.stream().map(Refusal::message).toList();
  }
}
