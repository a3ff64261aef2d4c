package dev.confiture.preflight.migrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.confiture.preflight.migrations.tools.Plain;
import dev.confiture.preflight.migrations.tools.Tools;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.sql.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A migration that cannot be read is a failed one: listed, and never the end of the run. */
@Timeout(10)
final class UnreadableFileTest {

  private final Path path;

  UnreadableFileTest(@TempDir Path path) {
    this.path = path;
  }

  @ParameterizedTest
  @ValueSource(strings = {"001_a.up.sql", "001_a.sql"})
  void aLinkToNothing(String name) throws IOException {
    Files.createSymbolicLink(path.resolve(name), path.resolve("gone.sql"));
    assertUnreadable(1, 1, "the file cannot be read: it is a link to nothing");
  }

  @Test
  void aLinkToItself() throws IOException {
    Path file = path.resolve("001_a.up.sql");
    Files.createSymbolicLink(file, file);
    assertUnreadable(1, 1, "the file cannot be read: it is a link to nothing");
  }

  @Test
  void aDeviceThatNeverEnds() throws IOException {
    Path link = Files.createSymbolicLink(path.resolve("001_a.up.sql"), Path.of("/dev/zero"));
    UsageProblem problem =
        assertThrows(
            UsageProblem.class,
            () -> Tools.read(path, "auto", Tool.Told.NOTHING, () -> LedgerSearch.NONE));
    assertEquals(link + " leads out of " + path.toRealPath() + ", and is not read", problem.text());
    Files.delete(link);
  }

  @Test
  void aFolder() throws IOException {
    Files.createDirectory(path.resolve("001_a.up.sql"));
    assertUnreadable(1, 1, "the file cannot be read: it is a folder");
  }

  @Test
  void aFileThatIsGoneByNowWasReadBefore() throws IOException {
    Path file = Files.writeString(path.resolve("001_a.sql"), "SELECT 1;");
    MigrationFolder list = Tools.read(path, "auto", Tool.Told.NOTHING, () -> LedgerSearch.NONE);
    Files.delete(file);
    assertEquals("SELECT 1;", Folder.text(list, list.files().getFirst()).script().source().text());
  }

  @Test
  void aFileThatIsGoneBetweenListingAndReading() throws IOException {
    Path file = Files.createFile(path.resolve("001_a.sql"));
    FolderFiles files = FolderFiles.list(path);
    Files.delete(file);
    assertUnreadable(
        new Plain().read(files, "", Tool.Told.NOTHING),
        1,
        1,
        "the file cannot be read: it is gone");
  }

  @Test
  void aFileIsReadOnce() throws IOException {
    Path file = Files.writeString(path.resolve("001_a.sql"), "SELECT 1;");
    FolderFiles files = FolderFiles.list(path);
    FolderFiles.Content first = files.read(file);
    Files.writeString(file, "SELECT 2;");
    assertSame(first, files.read(file));
  }

  @Test
  void bytesThatAreNoText() throws IOException {
    Files.write(
        path.resolve("001_a.sql"), new byte[] {'-', '-', '\n', 'a', 'b', (byte) 0xE9, '\n'});
    assertUnreadable(2, 3, "the file is not UTF-8: byte 0xE9");
  }

  @Test
  void aNulThatNoServerTakes() throws IOException {
    Files.write(
        path.resolve("001_a.sql"), "SELECT 1;\nSEL\0ECT 2;\n".getBytes(StandardCharsets.UTF_8));
    assertUnreadable(2, 4, "the file is no text: byte 0x00 (NUL)");
  }

  @Test
  void utf16WithoutAByteOrderMark() throws IOException {
    Files.write(path.resolve("001_a.sql"), "SELECT 1;\n".getBytes(StandardCharsets.UTF_16LE));
    assertUnreadable(1, 2, "the file is not UTF-8 but UTF-16 without a byte order mark: byte 0x00");
  }

  @Test
  void theOthersAreReadAllTheSame() throws IOException {
    Files.createSymbolicLink(path.resolve("001_a.sql"), path.resolve("gone.sql"));
    Files.writeString(path.resolve("002_b.sql"), "SELECT 1;");
    MigrationFolder list = Tools.read(path, "auto", Tool.Told.NOTHING, () -> LedgerSearch.NONE);
    assertEquals(List.of("001", "002"), Folder.versions(list.files()));
    assertEquals("SELECT 1;", Folder.text(list, list.files().getLast()).script().source().text());
  }

  @Test
  void anEmptyFileIsReadableAndHoldsNoStatement() throws IOException {
    Files.createFile(path.resolve("001_a.sql"));
    MigrationFolder list = Tools.read(path, "auto", Tool.Told.NOTHING, () -> LedgerSearch.NONE);
    assertEquals(List.of(), Folder.text(list, list.files().getFirst()).script().statements());
  }

  private void assertUnreadable(int line, int column, String reason) {
    assertUnreadable(
        Tools.read(path, "auto", Tool.Told.NOTHING, () -> LedgerSearch.NONE), line, column, reason);
  }

  private static void assertUnreadable(MigrationFolder list, int line, int column, String reason) {
    assertEquals(List.of("001"), Folder.versions(list.files()));
    Migration read = list.migrations().getFirst();
    assertEquals("001", read.version());
    MigrationText.Unreadable text = assertInstanceOf(MigrationText.Unreadable.class, read.text());
    assertEquals(new Position(line, column), text.position());
    assertEquals(reason, text.reason());
  }
}
