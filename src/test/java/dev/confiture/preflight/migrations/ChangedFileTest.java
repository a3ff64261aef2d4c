package dev.confiture.preflight.migrations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.postgres.QualifiedName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applied files that are not what they were. */
final class ChangedFileTest {

  /** printf 'SELECT 1;\n' | sha256sum. */
  private static final String SELECT_1 =
      "b4e0497804e46e0a0b0b8c31975b062152d551bac49c3c2e80932567b4085dcd";

  /** printf '\xef\xbb\xbfSELECT 1;\r\n' | sha256sum. */
  private static final String SELECT_1_FROM_WINDOWS =
      "1ffc3c6acdbb610bcc942c606c787270e7c9d149c473e9d9aaa4fe597d5e402d";

  private final Path path;

  ChangedFileTest(@TempDir Path path) {
    this.path = path;
  }

  @Test
  void aFileWithTheRecordedChecksumIsUnchanged() throws IOException {
    folder().holding("1_a.up.sql", "SELECT 1;\n");
    assertEquals(List.of(), changed(Map.of("1", SELECT_1)));
  }

  @Test
  void theBytesCountAsTheyAre() throws IOException {
    Files.write(path.resolve("1_a.up.sql"), "\uFEFFSELECT 1;\r\n".getBytes(StandardCharsets.UTF_8));
    assertEquals(List.of(), changed(Map.of("1", SELECT_1_FROM_WINDOWS)));
    assertEquals(
        List.of("1_a: expected b4e0497804e4..., got 1ffc3c6acdbb..."),
        changed(Map.of("1", SELECT_1)));
  }

  @Test
  void aFileWithAnotherChecksumIsNamedAsConfitureNamesIt() throws IOException {
    folder().holding("1_a.up.sql", "SELECT 1;\n").holding("2_b.up.sql", "SELECT 1;\n");
    assertEquals(
        List.of("2_b: expected 0123456789ab..., got b4e0497804e4..."),
        changed(Map.of("1", SELECT_1, "2", "0123456789abcdef")));
  }

  @Test
  void whatIsNoFullChecksumIsShownAsItIs() throws IOException {
    folder().holding("1_a.up.sql", "SELECT 1;\n");
    assertEquals(
        List.of("1_a: expected none..., got b4e0497804e4..."), changed(Map.of("1", "none")));
  }

  @Test
  void upperCaseDigitsAreTheSame() throws IOException {
    folder().holding("1_a.up.sql", "SELECT 1;\n");
    assertEquals(
        List.of(),
        changed(Map.of("1", "B4E0497804E46E0A0B0B8C31975B062152D551BAC49C3C2E80932567B4085DCD")));
  }

  @Test
  void whatHasNoRecordedChecksumCannotHaveChanged() throws IOException {
    folder().holding("1_a.up.sql", "SELECT 1;\n");
    assertEquals(List.of(), changed(Map.of("2", "0123456789abcdef")));
  }

  @Test
  void ofADoubledVersionOneFileMayBeTheOneThatWasApplied() throws IOException {
    folder().holding("1_a.up.sql", "SELECT 1;\n").holding("1_b.up.sql", "SELECT 2;\n");
    assertEquals(List.of(), changed(Map.of("1", SELECT_1)));
    assertEquals(2, changed(Map.of("1", "0123456789abcdef")).size());
  }

  @Test
  void versionsOfPlainFilesAreNumbersHereToo() throws IOException {
    folder().holding("0142_a.sql", "SELECT 1;\n");
    assertEquals(1, changed(Map.of("142", "0123456789abcdef")).size());
  }

  private Folder folder() {
    return new Folder(path);
  }

  private List<String> changed(Map<String, String> checksums) {
    return ChangedFile.of(
            folder().list("auto"),
            new TrackingTable(
                QualifiedName.of("public", "tb_confiture"), checksums.keySet(), checksums))
        .stream()
        .map(ChangedFile::mismatch)
        .toList();
  }
}
