package dev.confiture.preflight.migrations.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.migrations.Folder;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are plain migrations, and in which order. */
final class PlainFolderTest {

  private final Path path;
  private final Folder folder;

  PlainFolderTest(@TempDir Path path) {
    this.path = path;
    this.folder = new Folder(path);
  }

  @Test
  void versionAndNameAreReadFromTheFileName() throws IOException {
    MigrationFile file = folder.with("0142_add_vat_id.sql").list("plain").files().getFirst();
    assertEquals("0142", file.version());
    assertEquals("add_vat_id", file.name());
    assertEquals("0142_add_vat_id", file.title());
  }

  @Test
  void versionsAreInTheOrderOfNumbers() throws IOException {
    folder.with(
        "10_a.sql", "9_b.sql", "1.10_c.sql", "1.9_d.sql", "1_e.sql", "20260401000001_f.sql");
    MigrationFolder list = folder.list("plain");
    assertEquals(
        List.of("1", "1.9", "1.10", "9", "10", "20260401000001"), Folder.versions(list.files()));
    assertEquals(List.of(), list.orderWarnings());
  }

  @Test
  void versionsLongerThanAnyMachineNumberAreCompared() throws IOException {
    folder.with("99999999999999999999999_a.sql", "100000000000000000000000_b.sql");
    assertEquals(
        List.of("99999999999999999999999", "100000000000000000000000"), folder.versions("plain"));
  }

  @Test
  void equalNumbersAreInTheOrderOfTheirFileNames() throws IOException {
    folder.with("2_c.sql", "1_b.sql", "01_a.sql");
    assertEquals(
        List.of("01_a.sql", "1_b.sql", "2_c.sql"), Folder.names(folder.list("plain").files()));
  }

  @Test
  void downFilesBelongToMigrationsAndWhatHasNoVersionIsIgnoredByName() throws IOException {
    folder.with(
        "001_a.sql",
        "001_a.down.sql",
        "002_b.sql",
        "003_c.sql",
        "V2__flyway.sql",
        "003.sql",
        "4-dash.sql",
        "5._dot.sql",
        ".6_hidden.sql",
        "_7.sql",
        "seed.sql",
        "notes.txt");
    MigrationFolder list = folder.list("plain");
    assertEquals(List.of("001_a.sql", "002_b.sql", "003_c.sql"), Folder.names(list.files()));
    assertEquals(
        List.of(
            ".6_hidden.sql",
            "003.sql",
            "4-dash.sql",
            "5._dot.sql",
            "V2__flyway.sql",
            "_7.sql",
            "seed.sql"),
        list.ignored());
  }

  @Test
  void otherDigitsThanAsciiMakeNoVersion() throws IOException {
    folder.with("1_a.sql", "٢_b.sql");
    assertEquals(List.of("1"), folder.versions("plain"));
  }

  @Test
  void subfoldersAreNotEntered() throws IOException {
    folder.with("001_a.sql");
    Files.createFile(Files.createDirectory(path.resolve("old")).resolve("000_b.sql"));
    assertEquals(List.of("001"), folder.versions("plain"));
  }
}
