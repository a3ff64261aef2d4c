package dev.confiture.preflight.migrations.confiture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.migrations.Folder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines that confiture takes away, and those that it does not. */
final class TransactionWrapperTest {

  private final Path path;

  TransactionWrapperTest(@TempDir Path path) {
    this.path = path;
  }

  @Test
  void linesOfBeginAndCommitBecomeBlanks() throws IOException {
    assertSent("      \nSELECT 1;\n       \n", "BEGIN;\nSELECT 1;\nCOMMIT;\n");
  }

  @Test
  void inAnyCaseWithoutSemicolonAndWithBlanksAround() throws IOException {
    assertSent("       \nSELECT 1;\n           \n", "  begin\nSELECT 1;\n\tCommit ;  \n");
  }

  @Test
  void withLineEndsOfWindows() throws IOException {
    assertSent("      \r\nSELECT 1;\r\n       \r\n", "BEGIN;\r\nSELECT 1;\r\nCOMMIT;\r\n");
  }

  @Test
  void afterCharactersOutsideTheBasicPlane() throws IOException {
    assertSent("SELECT '🍓';\n       \n", "SELECT '🍓';\nCOMMIT;\n");
  }

  @Test
  void onTheLastLineWithoutEnd() throws IOException {
    assertSent("SELECT 1;\n      ", "SELECT 1;\nCOMMIT");
  }

  @Test
  void everyPairOfThem() throws IOException {
    assertSent(
        "      \nSELECT 1;\n       \n      \nSELECT 2;\n       ",
        "BEGIN;\nSELECT 1;\nCOMMIT;\nBEGIN;\nSELECT 2;\nCOMMIT;");
  }

  @Test
  void afterAStatementThatLacksItsSemicolon() throws IOException {
    assertSent("SELECT 1\n       \n", "SELECT 1\nCOMMIT;\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BEGIN; SELECT 1; COMMIT;\n",
        "SELECT 1;\nCOMMIT; -- done\n",
        "START TRANSACTION;\nSELECT 1;\nEND;\n",
        "SELECT 1;\nROLLBACK;\n",
        "BEGIN TRANSACTION;\nSELECT 1;\nCOMMIT WORK;\n",
        "DO $$\nBEGIN\n  PERFORM 1;\n  COMMIT;\nEND\n$$;\n",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql\nBEGIN\nATOMIC\n  SELECT 1;\nEND;\n",
        "SELECT '\nCOMMIT;\n';\n",
        "SELECT 1 AS \"\nBEGIN\n\";\n",
        "/*\nBEGIN;\n*/\nSELECT 1;\n",
        "-- BEGIN;\nSELECT 1;\n"
      })
  void theseStayAsTheyAre(String text) throws IOException {
    assertSent(text, text);
  }

  @Test
  void plainSendsThemAsPsqlDoes() throws IOException {
    new Folder(path).holding("1_a.sql", "BEGIN;\nSELECT 1;\nCOMMIT;\n");
    assertEquals("BEGIN;\nSELECT 1;\nCOMMIT;\n", new Folder(path).sent("plain", "1_a.sql"));
  }

  private void assertSent(String expected, String text) throws IOException {
    new Folder(path).holding("1_a.up.sql", text);
    assertEquals(expected, new Folder(path).sent("confiture", "1_a.up.sql"));
  }
}
