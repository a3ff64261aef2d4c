package dev.confiture.preflight.migrations.confiture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where the SQL of a Python file stands in the file. */
final class RecordedPlacesTest {

  @Test
  void aStringOnTheLineOfItsCall() {
    String file = "def up(self):\n    self.execute('DROP TABLE a')\n";

    assertPlace(2, 19, file, call("DROP TABLE a", 2, 2), "DROP");
    assertPlace(2, 30, file, call("DROP TABLE a", 2, 2), "a");
  }

  @Test
  void aShortTextIsTheStringAndNotWhatStandsBeforeIt() {
    assertPlace(1, 15, "self.execute(\"e\")\n", call("e", 1, 1), "e");
  }

  @Test
  void theLinesOfAString() {
    String file = "execute(\"\"\"\n    ALTER TABLE a\n\n      ADD b int;\n    DROP c;\n\"\"\")\n";
    Recording.Call call = call("\n    ALTER TABLE a\n\n      ADD b int;\n    DROP c;\n", 1, 1);

    assertPlace(2, 5, file, call, "ALTER");
    assertPlace(4, 11, file, call, "b int");
    assertPlace(5, 10, file, call, "c;");
  }

  @Test
  void aTextThatBeginsBehindItsQuotes() {
    String file = "X = '''SELECT 1,\n  2'''\nexecute(X)\n";

    assertPlace(1, 8, file, call("SELECT 1,\n  2", 3, 1), "SELECT");
    assertPlace(2, 3, file, call("SELECT 1,\n  2", 3, 1), "2");
  }

  @Test
  void anIndentationThatWasTakenAway() {
    String file = "execute(dedent(\"\"\"\\\n        SELECT a\n          FROM b\n\"\"\"))\n";

    assertPlace(3, 16, file, call("SELECT a\n  FROM b\n", 1, 1), "b");
  }

  @Test
  void columnsCountCodePoints() {
    assertPlace(
        1,
        22,
        "execute('SELECT ''😀''; é')\n".replace("''", "\""),
        call("SELECT \"😀\"; é", 1, 1),
        "é");
  }

  @Test
  void linesMayEndAsOnWindows() {
    String file = "execute('''\r\n  SELECT a,\r\n    b\r\n''')\r\n";

    assertPlace(3, 5, file, call("\n  SELECT a,\n    b\n", 1, 1), "b");
  }

  @Test
  void theSameStringTwiceIsFoundFromItsOwnLineOn() {
    String file = "execute('DROP TABLE a')\nexecute('DROP TABLE a')\n";

    assertPlace(2, 21, file, call("DROP TABLE a", 2, 2), "a");
  }

  @Test
  void aTextThatWasPutTogetherIsWhereItsCallIs() {
    String file = "for t in x:\n\texecute(f'DROP TABLE {t}')\n";
    MigrationText.Recorded recorded = recorded(file, call("DROP TABLE a", 2, 0));
    SourceText source = recorded.script().source();

    assertEquals(new Position(2, 2), source.position(11));
    assertFalse(source.isExact(11));
  }

  @Test
  void aStringWithEscapesIsWhereItsCallIs() {
    MigrationText.Recorded recorded =
        recorded("execute('SELECT \\'a\\'')\n", call("SELECT 'a'", 1, 1));

    assertFalse(recorded.script().source().isExact(7));
    assertEquals(new Position(1, 1), recorded.script().source().position(7));
  }

  @Test
  void callsFollowEachOtherAndAreSplitEachOnItsOwn() {
    MigrationText.Recorded recorded =
        recorded(
            "execute(\"SELECT 'open\")\nexecute('SELECT 1; SELECT 2')\n",
            call("SELECT 'open", 1, 1),
            call("SELECT 1; SELECT 2", 2, 2));
    List<Statement> statements = recorded.script().statements();

    assertEquals(
        List.of("SELECT 'open\n", "SELECT 1", "SELECT 2"),
        statements.stream().map(Statement::text).toList());
    assertEquals(
        List.of(0, statements.get(1).start()),
        recorded.messages().stream().map(MigrationText.Message::start).toList());
    assertEquals(
        new Position(2, 20), recorded.script().source().position(statements.get(2).start()));
    assertTrue(recorded.script().source().isExact(statements.get(2).start()));
  }

  @Test
  void aStatementOfAnotherFileKnowsItsLine() {
    MigrationText.Recorded recorded =
        recorded(
            "execute('SELECT 1')\nexecute_file('b.sql')\n",
            call("SELECT 1", 1, 1),
            new Recording.Call(
                "-- b\nSELECT 2;\n\nSELECT 3;\n", 2, 0, false, Optional.of("b.sql")));
    List<Statement> statements = recorded.script().statements();

    assertEquals(Optional.empty(), recorded.calledFrom(statements.get(0)));
    assertEquals(
        Optional.of("execute_file b.sql, statement at line 4"),
        recorded.calledFrom(statements.get(2)));
  }

  /** The place of the first occurrence of a part of the only call's text. */
  private static void assertPlace(
      int line, int column, String file, Recording.Call call, String part) {
    SourceText source = recorded(file, call).script().source();
    int at = call.sql().indexOf(part);
    int offset = call.sql().codePointCount(0, at);
    assertTrue(source.isExact(offset), "not found");
    assertEquals(new Position(line, column), source.position(offset));
  }

  private static Recording.Call call(String sql, int line, int stringLine) {
    return new Recording.Call(sql, line, stringLine, false, Optional.empty());
  }

  private static MigrationText.Recorded recorded(String file, Recording.Call... calls) {
    SourceText source = SourceText.of(file);
    Migration migration =
        new Migration(
            new MigrationFile("1", "a", Path.of("1_a.py")),
            new MigrationText.Python(
                source, List.of(), new PythonRecorder(Path.of("1_a.py"), source)));
    return assertInstanceOf(
        MigrationText.Recorded.class,
        RecordedMigration.of(
                migration,
                source,
                new Recording(
                    Optional.empty(), List.of(calls), List.of(), new Recording.End.Complete()))
            .text());
  }
}
