package dev.confiture.preflight.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.problem.Problem.UsageProblem;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InputFileTest {

  private static final byte[] TEXT = {'a'};

  private final Path temp;
  private final Path folder;
  private final Path shared;
  private final Path link;

  InputFileTest(@TempDir Path temp) throws IOException {
    this.temp = temp;
    folder = Files.createDirectories(temp.resolve("repository/db/migrations"));
    shared = Files.write(temp.resolve("repository/shared.sql"), TEXT);
    link = folder.resolve("1_a.sql");
  }

  @Test
  void aFileOfTheFolderIsRead() throws IOException {
    Files.write(link, TEXT);
    assertArrayEquals(TEXT, InputFile.found(link, folder, 1));
    assertArrayEquals(TEXT, InputFile.named(link, 1));
  }

  @Test
  void aLinkMayLeadThroughTheRepository() throws IOException {
    Files.createSymbolicLink(link, Path.of("../../shared.sql"));
    Files.createDirectory(temp.resolve("repository/.git"));
    assertArrayEquals(TEXT, InputFile.found(link, folder, 1));
  }

  @Test
  void withoutARepositoryItStaysInTheFolder() throws IOException {
    Files.createSymbolicLink(link, shared);
    assertEquals(
        link + " leads out of " + folder.toRealPath() + ", and is not read",
        assertThrows(UsageProblem.class, () -> InputFile.found(link, folder, 1)).text());
    assertArrayEquals(TEXT, InputFile.named(link, 1));
  }

  /** A checkout leaves a token in git's folder, and a step before may leave a secret in a file. */
  @ParameterizedTest
  @ValueSource(strings = {".git/config", ".git/hooks.sql", ".env", "gha-creds.json", "token"})
  void whatLiesInTheRepositoryBesideItsFilesIsNotRead(String place) throws IOException {
    Files.createDirectory(temp.resolve("repository/.git"));
    Files.write(temp.resolve("repository").resolve(place), TEXT);
    Files.createSymbolicLink(link, Path.of("../..").resolve(place));
    Path repository = temp.resolve("repository");
    assertThrows(UsageProblem.class, () -> InputFile.found(link, folder, 1));
    assertThrows(
        UsageProblem.class, () -> InputFile.refuseOutside("schema_file", link, repository));
    // On the command line the user names it, and may well call a link "latest".
    assertArrayEquals(TEXT, InputFile.named(link, TEXT.length));
  }

  @Test
  void aFolderOnTheWayMayBeTheLink() throws IOException {
    Files.createDirectory(temp.resolve("repository/.git"));
    Files.write(Files.createDirectory(temp.resolve("elsewhere")).resolve("x.sql"), TEXT);
    Path inner = Files.createSymbolicLink(folder.resolve("sub"), temp.resolve("elsewhere"));
    assertThrows(UsageProblem.class, () -> InputFile.found(inner.resolve("x.sql"), folder, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/proc/self/environ", "/proc/self/cmdline", "/dev/zero", "/dev/null"})
  void whatIsNoFileOfADiskIsNeverRead(String path) throws IOException {
    Files.createSymbolicLink(link, Path.of(path));
    assertThrows(UsageProblem.class, () -> InputFile.found(link, folder, 1 << 20));
    UsageProblem problem = assertThrows(UsageProblem.class, () -> InputFile.named(link, 1 << 20));
    assertEquals(link + " is no regular file on a disk, and is not read", problem.text());
  }

  @Test
  void aPipeDoesNotHoldTheRun() throws IOException, InterruptedException {
    assertEquals(0, new ProcessBuilder("mkfifo", link.toString()).start().waitFor());
    assertThrows(UsageProblem.class, () -> InputFile.found(link, folder, 1));
    assertThrows(UsageProblem.class, () -> InputFile.named(link, 1));
  }

  @Test
  void whatIsTooLargeIsNamedWithItsLimit() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(link.toFile(), "rw")) {
      file.setLength((1 << 20) + 1);
    }
    assertArrayEquals(new byte[(1 << 20) + 1], InputFile.named(link, (1 << 20) + 1));
    assertEquals(
        link + " is larger than 1 MiB, and is not read",
        assertThrows(UsageProblem.class, () -> InputFile.named(link, 1 << 20)).text());
  }

  @Test
  void whatIsNotThereIsTheReadersMatter() {
    assertThrows(NoSuchFileException.class, () -> InputFile.named(link, 1));
    assertThrows(NoSuchFileException.class, () -> InputFile.found(link, folder, 1));
    InputFile.refuseOutside("x", link, folder);
    assertTrue(Files.notExists(link));
  }
}
