package dev.confiture.preflight.migrations.confiture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The statements that stand in the strings of a Python file. */
final class PythonStringsTest {

  @Test
  void stringsOfEveryKindAreRead() {
    assertEquals(
        List.of("SELECT 1", "SELECT 2", "SELECT 'a'", "SELECT \"b\"", "SELECT 5", "SELECT 6"),
        statements(
            """
            A = 'SELECT 1'
            B = "SELECT 2"  # "SELECT 0"
            C = \"""SELECT 'a';
                 SELECT "b" \"""
            D = r'''SELECT 5'''
            E = ('SELECT 6'
            """));
  }

  @Test
  void quotesInStringsEndNone() {
    assertEquals(
        List.of("SELECT \\'1", "it's", ""),
        PythonStrings.texts(SourceText.of("A = 'SELECT \\'1'\nB = \"it's\"\"\"\n")));
  }

  @Test
  void whatIsFormattedIsNot() {
    assertEquals(List.of(), statements("A = f'DROP TABLE {name}'\n"));
  }

  @Test
  void theWayBackIsLeftOut() {
    assertEquals(
        List.of("SELECT 1", "SELECT 4", "SELECT 5"),
        statements(
            """
            class A:
                up_sql = 'SELECT 1'
                down_sql = 'SELECT 2'

                def down(self):
                    self.execute('SELECT 3')
            # a comment
                    self.execute('SELECT 3')

                def up(self):
                    self.execute('SELECT 4')
            X = 'SELECT 5'
            """));
  }

  @Test
  void placesAreThoseOfTheFile() {
    Statement statement =
        PythonStrings.statements(SourceText.of("é = 1\nA = 'SELECT 1'\n")).getFirst();

    assertEquals(2, statement.source().position(statement.start()).line());
    assertEquals(6, statement.source().position(statement.start()).column());
  }

  @Test
  @Timeout(10)
  void everyBeginningOfAFileIsRead() {
    String file = "def down(self):\n  '''a\\'''\n\nx = r\"\\\\\" # '\ny = '\\\n' + \"\"\"";

    long read =
        IntStream.rangeClosed(0, file.length())
            .mapToObj(end -> PythonStrings.texts(SourceText.of(file.substring(0, end))))
            .count();

    assertEquals(file.length() + 1, read);
  }

  private static List<String> statements(String file) {
    return PythonStrings.statements(SourceText.of(file)).stream().map(Statement::text).toList();
  }
}
