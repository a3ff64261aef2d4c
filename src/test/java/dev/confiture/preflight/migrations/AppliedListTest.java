package dev.confiture.preflight.migrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.confiture.preflight.problem.Problem.UsageProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file of {@code --applied-from}. */
final class AppliedListTest {

  private final Path path;

  AppliedListTest(@TempDir Path path) throws IOException {
    this.path = path;
    Files.createDirectory(path.resolve("migrations"));
    new Folder(path.resolve("migrations"))
        .with("0141_orders.sql", "0142_order lines.sql", "0143_returns.sql");
  }

  @Test
  void aVersionALine() throws IOException {
    assertEquals(Set.of("0141", "0142"), read("0141\n0142\n"));
  }

  /** A version may be a whole name, and its column have another one. */
  @Test
  void theNamesOfFoldersAreVersionsToo() throws IOException {
    Path folder = Files.createDirectories(path.resolve("prisma/20240101_a"));
    Files.createFile(folder.resolve("migration.sql"));
    Path list = path.resolve("names.txt");
    for (String text :
        new String[] {
          "20240101_a\n20230101_gone\n",
          " migration_name | finished \n----+---\n 20240101_a | now\n 20230101_gone | now\n",
          "prisma/20240101_a/migration.sql\n20240101_a/migration.sql\n20230101_gone\n"
        }) {
      Files.writeString(list, text);
      assertEquals(
          Set.of("20240101_a", "20230101_gone"),
          AppliedList.read(list, new Folder(path.resolve("prisma")).list("prisma")).applied(),
          text);
    }
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
    UsageProblem problem = assertThrows(UsageProblem.class, () -> AppliedList.read(file, plain()));
    assertEquals("the list of applied versions " + file + " cannot be read", problem.text());
    assertEquals("check the path given with --applied-from", problem.hint().orElse(""));
  }

  @Test
  void soIsAFolder() {
    assertThrows(UsageProblem.class, () -> AppliedList.read(path, plain()));
  }

  @Test
  void soIsAFileThatIsNoText() throws IOException {
    Path file = Files.write(path.resolve("applied.txt"), new byte[] {'1', (byte) 0xFF, '\n'});
    assertEquals(
        "the list of applied versions " + file + " is not UTF-8 text",
        assertThrows(UsageProblem.class, () -> AppliedList.read(file, plain())).text());
  }

  @Test
  void namesOfFilesMeanTheirVersions() throws IOException {
    assertEquals(
        Set.of("0141", "0142", "0143"),
        read("0141_orders\ndb/migrations/0142_order lines.sql\n0143_returns.sql\n"));
  }

  @Test
  void soDoesTheNameOfAFileThatIsGoneOrRenamed() throws IOException {
    assertEquals(Set.of("0141", "0099"), read("0141_orders_and_lines.sql\n0099_first.sql\n"));
  }

  @Test
  void quotesAndCommasDoNotCount() throws IOException {
    assertEquals(Set.of("0141", "0142", "0143"), read("\"0141\", '0142',\n`0143`\n"));
  }

  @Test
  void whatPsqlPrintsOfALedgerIsRead() throws IOException {
    assertEquals(Set.of("0141", "0142"), read(" version \n---------\n 0141\n 0142\n(2 rows)\n\n"));
    assertEquals(Set.of("0141", "0142"), read("version\n0141\n0142\n(2 rows)\n"));
    assertEquals(Set.of("0141"), read(" applied \n---------\n 0141\n(1 row)\n"));
    assertEquals(
        Set.of("0141", "0142"),
        read(
            """
             id | version |       applied_at       | name
            ----+---------+------------------------+-------
              1 | 0141    | 2026-04-01 10:00:00+00 | orders
              2 | 0142    | 2026-04-02 10:00:00+00 |
            (2 Zeilen)
            """));
    assertEquals(
        Set.of("0141"),
        read("+---------+------+\n| version | name |\n+---------+------+\n| 0141    | a    |\n"));
  }

  @Test
  void aTableWithCommasIsReadByItsHeading() throws IOException {
    assertEquals(Set.of("0141", "0142"), read("name,version\norders,0141\n,\"0142\"\n"));
  }

  @Test
  void aTableWithoutVersionsIsRefused() {
    assertRefused(
        " id | name \n----+------\n 1 | a\n", ":1: none of the table's columns is called version");
  }

  @ParameterizedTest
  @CsvSource({
    "orders, orders",
    "V141__orders.sql, V141__orders.sql",
    "'0141,orders', orders",
    "0141|orders, orders",
    "[\"0141\"], [\"0141\"]",
    "0141;0142, 0141;0142",
    "-[ RECORD 1 ], -[ RECORD 1 ]"
  })
  void whatIsNeitherVersionNorNameIsRefused(String line, String named) {
    assertRefused("0141\n" + line + "\n", ":2: not a version: \"" + named + "\"");
  }

  @Test
  void theHintNamesAVersionOfTheFolder() {
    assertEquals(
        Optional.of("the file given with --applied-from holds one version a line, such as 0143"),
        assertThrows(UsageProblem.class, () -> read("orders\n")).hint());
  }

  @Test
  void aSpellingThatTheToolDoesNotTakeForTheSameIsRefused() throws IOException {
    Path up = Files.createDirectory(path.resolve("up"));
    MigrationFolder confiture = new Folder(up).with("0141_orders.up.sql").list("confiture");
    Path file = Files.writeString(path.resolve("applied.txt"), "141\n");
    UsageProblem problem =
        assertThrows(UsageProblem.class, () -> AppliedList.read(file, confiture));
    assertEquals(file + ":1: not a version: \"141\"", problem.text());
    assertEquals(
        Optional.of("confiture compares versions as strings: write it as the files do, 0141"),
        problem.hint());
  }

  @Test
  void whereVersionsAreNoNumbersWhatMayBeOneIsTaken() throws IOException {
    Path up = Files.createDirectory(path.resolve("up"));
    MigrationFolder confiture = new Folder(up).with("2026a_orders.up.sql").list("confiture");
    Path file = Files.writeString(path.resolve("applied.txt"), "2026a\n2025z\n");
    assertEquals(Set.of("2026a", "2025z"), AppliedList.read(file, confiture).applied());
  }

  private void assertRefused(String text, String problem) {
    assertEquals(
        path.resolve("applied.txt") + problem,
        assertThrows(UsageProblem.class, () -> read(text)).text());
  }

  private MigrationFolder plain() {
    return new Folder(path.resolve("migrations")).list("plain");
  }

  private Set<String> read(String text) throws IOException {
    Path file = Files.writeString(path.resolve("applied.txt"), text);
    Selection.NotListed read = AppliedList.read(file, plain());
    assertEquals(file.toString(), read.file());
    return read.applied();
  }
}
