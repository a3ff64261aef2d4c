package dev.confiture.preflight.migrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.migrations.StaticCheck.CheckedMigration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the files of a folder tell by themselves. */
@Timeout(10)
final class StaticCheckTest {

  /** Of {@code printf 'SELECT 1;\n'}, by sha256sum. */
  private static final String SELECT =
      "b4e0497804e46e0a0b0b8c31975b062152d551bac49c3c2e80932567b4085dcd";

  private final Path path;
  private final Folder folder;

  StaticCheckTest(@TempDir Path path) {
    this.path = path;
    this.folder = new Folder(path);
  }

  @Test
  void plainShowsDownFilesAndNeedsNone() throws IOException {
    folder.with("1_a.sql", "1_a.down.sql", "2_b.sql");
    StaticCheck check = check("plain");
    assertEquals(
        List.of(true, false),
        check.migrations().stream().map(CheckedMigration::reversible).toList());
    assertFalse(check.allReversible());
    assertTrue(check.safeToDeploy());
  }

  @Test
  void confitureNeedsADownFileForEachSqlFile() throws IOException {
    folder.with("1_a.up.sql", "1_a.down.sql", "2_b.up.sql", "2_other.down.sql");
    StaticCheck check = check("confiture");
    assertEquals(List.of("2_b"), check.irreversible().stream().map(m -> m.file().title()).toList());
    assertFalse(check.safeToDeploy());
  }

  @Test
  void versionsThatAreOneNumberAreOneVersionToPlain() throws IOException {
    folder.with("0142_a.sql", "142_b.sql", "7_c.sql");
    StaticCheck check = check("plain");
    assertEquals(Map.of("0142", List.of("0142_a.sql", "142_b.sql")), check.duplicateVersions());
    assertFalse(check.safeToDeploy());
  }

  @Test
  void theChecksumIsThatOfTheBytes() throws IOException {
    Files.writeString(path.resolve("1_a.up.sql"), "SELECT 1;\n");
    Files.writeString(path.resolve("2_bom.up.sql"), "\uFEFFSELECT 1;\n");
    Files.writeString(path.resolve("3_crlf.up.sql"), "SELECT 1;\r\n");
    Files.write(path.resolve("4_no_text.up.sql"), new byte[] {(byte) 0xFF});
    assertEquals(
        List.of(
            SELECT,
            "34b0bcbe990d70cd4adde7a8005ade4334f170e0625d767d78872a66515dec8a",
            "d3cd5042f97738960d802ad6b3a548dfa18152215118ba18f04493bc6944b0e4",
            "a8100ae6aa1940d0b663bb31cd466142ebbdbd5187131b92d93818987832eb89"),
        check("confiture").migrations().stream().map(m -> m.checksum().orElse("none")).toList());
  }

  @Test
  void aFileThatCannotBeReadIsAnEntryAndNotSafe() throws IOException {
    folder.with("1_a.down.sql", "2_b.down.sql", "3_c.down.sql");
    Files.createDirectory(path.resolve("1_a.up.sql"));
    Files.write(path.resolve("2_b.up.sql"), new byte[] {'\n', ' ', (byte) 0xE9});
    folder.holding("3_c.up.sql", "VACUUM;");
    StaticCheck check = check("confiture");
    assertEquals(
        List.of(
            Optional.of(
                path.resolve("1_a.up.sql") + ":1:1: the file cannot be read: it is a folder"),
            Optional.of(path.resolve("2_b.up.sql") + ":2:2: the file is not UTF-8: byte 0xE9"),
            Optional.empty()),
        check.migrations().stream().map(CheckedMigration::loadError).toList());
    assertEquals(Optional.empty(), check.migrations().getFirst().checksum());
    assertFalse(check.migrations().getFirst().fullyTransactional());
    assertEquals(2, check.unreadable().size());
    assertTrue(check.allReversible());
    assertFalse(check.safeToDeploy());
    Files.delete(path.resolve("1_a.up.sql"));
  }

  @Test
  void aFileThatDoesNotParseIsSearchedAllTheSame() throws IOException {
    folder
        .with("1_a.down.sql")
        .holding("1_a.up.sql", "SELEKT );; VACUUM; CREATE TABLE 'never closed");
    assertEquals(
        List.of("VACUUM"), check("confiture").migrations().getFirst().nonTransactionalStatements());
  }

  @Test
  void checksumsAreVerifiedWhereTheyAreAtHand() throws IOException {
    folder
        .with("1_a.down.sql", "2_b.down.sql", "3_c.down.sql")
        .holding("1_a.up.sql", "SELECT 1;\n")
        .holding("2_b.up.sql", "SELECT 1;\n")
        .holding("3_c.up.sql", "SELECT 3;\n");
    assertFalse(check("confiture").checksumVerified());
    StaticCheck same =
        check("confiture", Map.of("1", SELECT, "2", SELECT.toUpperCase(Locale.ROOT), "9", "x"));
    assertTrue(same.checksumVerified());
    assertEquals(List.of(), same.checksumMismatches());
    assertTrue(same.safeToDeploy());
    StaticCheck changed = check("confiture", Map.of("1", SELECT, "2", "0123456789abcdef"));
    assertEquals(
        List.of("2_b: expected 0123456789ab..., got b4e0497804e4..."),
        changed.checksumMismatches());
    assertFalse(changed.safeToDeploy());
    assertEquals(
        List.of("2_b: expected short..., got b4e0497804e4..."),
        check("confiture", Map.of("2", "short")).checksumMismatches());
  }

  @Test
  void ofTwoFilesWithAVersionEitherMayBeTheOneThatWasApplied() throws IOException {
    folder.holding("1_a.up.sql", "SELECT 1;\n").holding("1_b.up.sql", "SELECT 2;\n");
    assertEquals(List.of(), check("confiture", Map.of("1", SELECT)).checksumMismatches());
    assertEquals(2, check("confiture", Map.of("1", "another")).checksumMismatches().size());
  }

  @Test
  void confitureCannotRecordOneNameTwiceWithinASecond() throws IOException {
    folder.with("1_index.up.sql", "2_other.up.sql", "3_index.up.sql", "4.up.sql", "5.up.sql");
    assertEquals(
        List.of(
            "1_index.up.sql, 3_index.up.sql have one name: confiture cannot record two of them"
                + " within one second"),
        check("confiture").notes());
  }

  @Test
  void ofManyFilesWithOneNameTheFirstAreNamed() throws IOException {
    folder.with("1_x.up.sql", "2_x.up.sql", "3_x.up.sql", "4_x.up.sql", "5_x.up.sql");
    assertEquals(
        List.of(
            "1_x.up.sql, 2_x.up.sql, 3_x.up.sql and 2 more have one name: confiture cannot record"
                + " two of them within one second"),
        check("confiture").notes());
  }

  @Test
  void toPlainNamesAreNothing() throws IOException {
    folder.with("1_index.sql", "3_index.sql");
    assertEquals(List.of(), check("plain").notes());
  }

  @Test
  void anOrderThatIsNotThatOfTheNumbersIsNoted() throws IOException {
    folder.with("10_a.up.sql", "9_b.up.sql", "stray.sql");
    StaticCheck check = check("confiture");
    assertEquals(
        List.of(
            "confiture runs version 10 before 9: it compares versions as strings, not as numbers"),
        check.notes());
    assertEquals(List.of("stray.sql"), check.ignored());
  }

  @Test
  void anotherKindOfFileUndoesItself() throws IOException {
    folder.with("1_a.up.sql");
    folder.with("2_b.py");
    assertEquals(
        List.of(false, true),
        folder.list("confiture").migrations().stream().map(Migration::reversible).toList());
  }

  private StaticCheck check(String tool) {
    return StaticCheck.of(folder.list(tool), Optional.empty());
  }

  private StaticCheck check(String tool, Map<String, String> recorded) {
    return StaticCheck.of(folder.list(tool), Optional.of(recorded));
  }
}
