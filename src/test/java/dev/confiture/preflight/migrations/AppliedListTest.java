package dev.confiture.preflight.migrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.confiture.preflight.problem.Problem.UsageProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of {@code --applied-from}. */
final class AppliedListTest {

  private final Path path;

  AppliedListTest(@TempDir Path path) {
    this.path = path;
  }

  @Test
  void aVersionALine() throws IOException {
    assertEquals(Set.of("0141", "0142"), read("0141\n0142\n"));
  }

  @Test
  void theLastLineNeedsNoEnd() throws IOException {
    assertEquals(Set.of("0141", "0142"), read("0141\n0142"));
  }

  @Test
  void blanksEmptyLinesAndCommentsDoNotCount() throws IOException {
    assertEquals(
        Set.of("0141", "0142"), read("# applied in May\n\n  0141\t\n0142 # by hand\n   \n#0143\n"));
  }

  @Test
  void aFileFromWindowsIsReadToo() throws IOException {
    assertEquals(Set.of("0141", "0142"), read("\uFEFF0141\r\n0142\r\n"));
  }

  @Test
  void aVersionTwiceIsThereOnce() throws IOException {
    assertEquals(Set.of("1"), read("1\n1\n"));
  }

  @Test
  void anEmptyFileAppliesNothing() throws IOException {
    assertEquals(Set.of(), read(""));
  }

  @Test
  void aLineWithMoreThanAVersionIsNamed() {
    Path file = path.resolve("applied.txt");
    assertEquals(
        file + ":2: not a version: \"0142 2026-04-01\"",
        assertThrows(UsageProblem.class, () -> read("0141\n0142 2026-04-01\n")).text());
  }

  @Test
  void aMissingFileIsAProblem() {
    Path file = path.resolve("nowhere.txt");
    UsageProblem problem = assertThrows(UsageProblem.class, () -> Selection.NotListed.read(file));
    assertEquals("the list of applied versions " + file + " cannot be read", problem.text());
    assertEquals("check the path given with --applied-from", problem.hint().orElse(""));
  }

  @Test
  void soIsAFolder() {
    assertThrows(UsageProblem.class, () -> Selection.NotListed.read(path));
  }

  @Test
  void soIsAFileThatIsNoText() throws IOException {
    Path file = Files.write(path.resolve("applied.txt"), new byte[] {'1', (byte) 0xFF, '\n'});
    assertEquals(
        "the list of applied versions " + file + " is not UTF-8 text",
        assertThrows(UsageProblem.class, () -> Selection.NotListed.read(file)).text());
  }

  private Set<String> read(String text) throws IOException {
    Path file = Files.writeString(path.resolve("applied.txt"), text);
    if (Selection.NotListed.read(file)
        instanceof Selection.NotListed(String origin, Set<String> applied)) {
      assertEquals(file.toString(), origin);
      return applied;
    }
    throw new AssertionError("a list gives NotListed");
  }
}
