package dev.confiture.preflight.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RecordedTest {

  private static List<Statement> statements(String file, String... messages) {
    Migration listed =
        new Migration(
            new MigrationFile("1", "a", Path.of("1_a.rb")),
            new MigrationText.Sql(SourceText.of(file), Script.of(SourceText.of(""))));
    return new Recorded(List.of(messages), Optional.empty(), true, Optional.empty())
        .in(listed, Execution.Scope.FILE)
        .text()
        .statements();
  }

  private static Position position(Statement statement, int token) {
    return statement.source().position(statement.tokens().get(token).start());
  }

  @Test
  void placesEachWordOfAStringThatIsIndentedOtherwise() {
    List<Statement> sent =
        statements(
            "def up\n  execute <<~SQL\n    UPDATE t\n       SET x = 'a  b';\n  SQL\n",
            "UPDATE t\n   SET x = 'a  b';\n");
    assertEquals("UPDATE t\n   SET x = 'a  b'", sent.getFirst().text());
    assertEquals(new Position(3, 5), position(sent.getFirst(), 0));
    assertEquals(new Position(4, 12), position(sent.getFirst(), 3));
  }

  @Test
  void placesGeneratedSqlAtTheLineOfItsNames() {
    List<Statement> sent =
        statements(
            "def change\n  add_column :t, :note\n  add_column :t, :total\nend\n",
            "ALTER TABLE \"t\" ADD \"total\" text");
    assertEquals(new Position(3, 3), position(sent.getFirst(), 0));
  }

  @Test
  void looksNotWhereAMigrationIsUndone() {
    List<Statement> sent =
        statements(
            "async up() {\n  add('t');\n}\nasync down() {\n  drop('t', 'total');\n}\n",
            "ALTER TABLE t ADD total text");
    assertEquals(new Position(2, 3), position(sent.getFirst(), 0));
  }

  @Test
  void findsALongString() {
    String rows = "(1, 'row'),\n  ".repeat(50_000) + "(2, 'last')";
    String sql = "INSERT INTO t VALUES " + rows;
    List<Statement> sent = statements("execute <<SQL\n" + sql + "\nSQL\n", sql);
    assertEquals(new Position(2, 1), position(sent.getFirst(), 0));
  }
}
