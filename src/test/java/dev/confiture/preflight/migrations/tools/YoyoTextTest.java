package dev.confiture.preflight.migrations.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.migrations.Folder;
import dev.confiture.preflight.sql.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The statements and directives of yoyo's files, each case as sqlparse 0.4.2 splits it. */
final class YoyoTextTest {

  private static List<String> split(String text) {
    SourceText source = SourceText.of(text);
    return YoyoText.of(source).statements().stream()
        .map(place -> source.substring(place.start(), place.end()).strip())
        .toList();
  }

  @Test
  void quotesAndCommentsHideSemicolons() {
    assertEquals(
        List.of("SELECT 'a;b', E'a\\'b;c', \"x;y\", [1;2];", "/* a; */ SELECT 2;"),
        split("SELECT 'a;b', E'a\\'b;c', \"x;y\", [1;2];\n/* a; */ SELECT 2;"));
    assertEquals(List.of("SELECT 'C:\\'; SELECT 'x';"), split("SELECT 'C:\\'; SELECT 'x';"));
    assertEquals(List.of("/* a /* b */ ;", "*/ SELECT 1;"), split("/* a /* b */ ; */ SELECT 1;"));
  }

  @Test
  void bodiesAreCountedByTheirWords() {
    String body = "CREATE FUNCTION f() RETURNS int AS $$\nBEGIN\n  PERFORM 1;\nEND;\n$$;";
    assertEquals(List.of(body, "SELECT 1;"), split(body + "\nSELECT 1;"));
    // The mark behind a word quotes nothing.
    String stuck = "CREATE FUNCTION f() AS$$ SELECT 1; SELECT 2 $$;";
    assertEquals(List.of("CREATE FUNCTION f() AS$$ SELECT 1;", "SELECT 2 $$;"), split(stuck));
    assertEquals(
        List.of("CREATE RULE r AS ON INSERT TO a DO ALSO (SELECT 1; SELECT 2);"),
        split("CREATE RULE r AS ON INSERT TO a DO ALSO (SELECT 1; SELECT 2);"));
  }

  @Test
  void aCommentBehindAStatementIsItsOwnOnTheSameLineAlone() {
    assertEquals(List.of("SELECT 1; -- a"), split("-- b\nSELECT 1; -- a\n"));
    assertEquals(List.of("SELECT 1;", "-- a"), split("SELECT 1;\n\n-- a\n"));
    assertEquals(List.of(), split("-- nothing to do\n"));
    assertEquals(List.of("\uD83D\uDE00;", "x;"), split("\uD83D\uDE00;\nx;"));
  }

  /** What never ends is not looked for again and again. */
  @Test
  void commentsAndQuotesWithoutAnEndTakeNoTimeToSpeakOf() {
    assertEquals(1, split("/*x ".repeat(300_000)).size());
    StringBuilder tags = new StringBuilder();
    for (int i = 0; i < 30_000; i++) {
      tags.append(" $t").append(i).append("$");
    }
    assertEquals(1, split(tags.toString()).size());
  }

  @Test
  void directivesAreInTheCommentsBeforeTheFirstStatement() {
    YoyoText read =
        YoyoText.of(
            SourceText.of(
                "-- a\r\n--depends : 1.a  2.b\r\n -- transactional: False\r\nSELECT 1;\r\n"
                    + "-- depends: 3.c\r\nSELECT 2;"));
    assertEquals(List.of("1.a", "2.b"), read.depends());
    assertFalse(read.isTransactional());
    assertTrue(read.isValid());
    assertTrue(
        YoyoText.of(SourceText.of("\uFEFF-- transactional: false\nSELECT 1;")).isTransactional());
    assertFalse(YoyoText.of(SourceText.of("-- transactional: no\nSELECT 1;")).isValid());
  }

  @Test
  void theFolderOfTheConfigurationIsYoyos(@TempDir Path project) throws IOException {
    Files.createDirectory(project.resolve(".git"));
    Path migrations = Files.createDirectory(project.resolve("migrations"));
    Folder folder = new Folder(migrations).holding("0001_a.sql", "SELECT 1;");
    assertEquals("plain", folder.list("auto").tool().id());
    Files.writeString(project.resolve("yoyo.ini"), "[DEFAULT]\nsources = %(here)s/other\n");
    assertEquals("plain", folder.list("auto").tool().id());
    Files.writeString(
        project.resolve("yoyo.ini"),
        "[DEFAULT]\nsources = %(here)s/migrations\nmigration_table = done\n");
    assertEquals("yoyo (yoyo.ini)", folder.list("auto").choice().title());
    assertEquals("done", folder.list("auto").tool().ledger().orElseThrow().name().name());
    assertEquals(migrations, Locations.find(project, "auto"));
  }
}
