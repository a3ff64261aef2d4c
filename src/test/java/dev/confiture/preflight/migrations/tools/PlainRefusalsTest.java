package dev.confiture.preflight.migrations.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.migrations.Folder;
import dev.confiture.preflight.migrations.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A plain file runs as {@code psql -f} runs it; what only psql can do is not judged. */
final class PlainRefusalsTest {

  private final Path path;

  PlainRefusalsTest(@TempDir Path path) {
    this.path = path;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BEGIN; SELECT 1; COMMIT;",
        "COPY t FROM stdin;\n1\n\\.\n",
        "\uFEFFSELECT 1;",
        "\\restrict abc\nSELECT 1;\n\\unrestrict abc\n",
        "\\set ON_ERROR_STOP on\nSELECT 1;\n",
        "\\echo done\n\\timing on\n",
        "\\a SELECT 1\n\\t on off\n\\x Auto;\n\\t TR\n\\timing 'of'\n\\timing :on\n",
        "\\pset\n\\pset format un\n\\pset border x\n\\pset C\n\\pset pager always\n",
        "\\set ON_ERROR_STOP\n\\set QUIET o n\n\\set ECHO ALL\n\\echo 'a\\'b' SELECT 1;\n",
        "\\a\\t on\\\\SELECT 1;\n",
        ""
      })
  void psqlDoesThese(String text) throws IOException {
    assertEquals(List.of(), refusals(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\\t SELECT bad|unrecognized value \"SELECT\" for \"tuples_only\": Boolean expected",
        "\\timing SELECT 1;|unrecognized value \"SELECT\" for \"\\timing\": Boolean expected",
        "\\timing on;|unrecognized value \"on;\" for \"\\timing\": Boolean expected",
        "\\t \"on\"|unrecognized value \"\"on\"\" for \"tuples_only\": Boolean expected",
        "\\t o|unrecognized value \"o\" for \"tuples_only\": Boolean expected",
        "\\x bad|unrecognized value \"bad\" for \"expanded\", available values are: on, off, auto",
        "\\pset nothing 1|\\pset: unknown option: nothing",
        "\\pset linestyle dotted|\\pset: allowed line styles are ascii, old-ascii, unicode",
        "\\pset footer on;|unrecognized value \"on;\" for \"footer\": Boolean expected",
        "\\set ON_ERROR_STOP on -- why"
            + "|unrecognized value \"on--why\" for \"ON_ERROR_STOP\": Boolean expected",
        "\\set ECHO|unrecognized value \"\" for \"ECHO\","
            + " available values are: none, errors, queries, all",
        "\\unknown|invalid command \\unknown",
        "\\begin;|invalid command \\begin;",
        "\\restrict|\\restrict: missing required argument",
      })
  void whatPsqlRefusesFails(String line, String reason) throws IOException {
    Refusal refusal = refusals("SELECT 1;\n\\a" + line + "\nSELECT 2;\n").getFirst();
    assertEquals(Refusal.Stage.TEXT, refusal.stage());
    String name = line.split(" ", 2)[0];
    assertEquals("psql refuses " + name + ": " + reason, refusal.message());
    assertEquals(12, refusal.start());
    assertEquals(12 + name.length(), refusal.end());
  }

  @Test
  void betweenRestrictAndItsEndNoCommandIsTaken() throws IOException {
    assertEquals(
        List.of(
            "psql refuses \\echo: backslash commands are restricted; only \\unrestrict is allowed",
            "psql refuses \\unrestrict: \\unrestrict: wrong key"),
        refusals("\\restrict a\n\\echo x\n\\unrestrict b\n\\unrestrict a\n\\echo y\n").stream()
            .map(Refusal::message)
            .toList());
  }

  @Test
  void twoStatementsInOneMessageAreNotRehearsed() throws IOException {
    List<Refusal> refusals = refusals("SELECT 1\\;DO $$\n\\foo\n$$;\nSELECT 2;\n");
    assertEquals(
        List.of("\\; needs psql, which the rehearsal does not use"),
        refusals.stream().map(Refusal::message).toList());
    assertEquals(8, refusals.getFirst().start());
    assertEquals(10, refusals.getFirst().end());
  }

  @Test
  void neitherADownFileNorAVersionOfItsOwnIsAskedFor() throws IOException {
    Folder folder = new Folder(path).with("1_a.sql", "1_b.sql");
    assertEquals(List.of(), folder.refusals("plain", "1_a.sql"));
  }

  private List<Refusal> refusals(String text) throws IOException {
    return new Folder(path).holding("1_a.sql", text).refusals("plain", "1_a.sql");
  }
}
