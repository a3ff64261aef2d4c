package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StatementTest {

  @Test
  void textIsWithoutSemicolonAndWhatIsAround() {
    Statement statement = Sql.statement("-- a\n SELECT /* b */ 1 /* c */ ; -- d");
    assertEquals("SELECT /* b */ 1", statement.text());
    assertEquals(6, statement.start());
    assertEquals("SELECT /* b */ 1 /* c */ ;".length(), statement.end() - statement.start());
  }

  @Test
  void startsWithKeywordsWhateverIsBetweenThem() {
    Statement statement = Sql.statement("alter /* x */\n TABLE t");
    assertTrue(statement.startsWith("alter", "table"));
    assertFalse(statement.startsWith("alter", "table", "t", "add"));
    assertFalse(statement.startsWith("table"));
    assertTrue(statement.is(2, "T"));
    assertFalse(statement.is(3, "t"), "there is no such token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY t FROM stdin",
        "copy s.t (a, \"from\") from STDIN with (format csv)",
        "COPY t (\"to\") FROM stdin",
        "COPY BINARY t FROM stdin",
        "COPY t FROM stdout"
      })
  void copyFromStdinReadsTheScript(String sql) {
    assertTrue(Sql.statement(sql).isCopyFromStdin());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY t TO stdout",
        "COPY t FROM 'stdin'",
        "COPY t FROM PROGRAM 'stdin'",
        "COPY (SELECT a FROM stdin) TO stdout",
        "SELECT a FROM stdin",
        "COPY t FROM",
        "COPY"
      })
  void otherStatementsDoNot(String sql) {
    assertFalse(Sql.statement(sql).isCopyFromStdin());
  }

  @Test
  void scriptListsItsStatementsInOrder() {
    Script script = Script.of(SourceText.of("SELECT 1;\n\\echo x\nSELECT 2;"));
    assertEquals(
        List.of("SELECT 1", "SELECT 2"),
        script.statements().stream().map(Statement::text).toList());
  }
}
