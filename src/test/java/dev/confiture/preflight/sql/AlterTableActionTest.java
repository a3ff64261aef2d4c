package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AlterTableActionTest {

  @Test
  void commasDivideTheActions() {
    assertEquals(
        List.of("1 ADD COLUMN a int", "2 DROP b CASCADE", "3 ALTER c SET NOT NULL"),
        actions("ALTER TABLE t ADD COLUMN a int,\n  DROP b CASCADE, ALTER c SET NOT NULL;"));
  }

  @Test
  void commasInParenthesesAndBracketsDoNot() {
    assertEquals(
        List.of(
            "1 ADD a numeric(4, 2) DEFAULT f(1, (2))",
            "2 ADD b int[] DEFAULT ARRAY[1, 2]",
            "3 ADD CONSTRAINT c CHECK (b <> ',')"),
        actions(
            "ALTER TABLE t ADD a numeric(4, 2) DEFAULT f(1, (2)), ADD b int[] DEFAULT ARRAY[1, 2],"
                + " ADD CONSTRAINT c CHECK (b <> ',')"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE IF EXISTS ONLY s.\"T,\" * DROP a",
        "alter foreign table t drop a",
        "ALTER TYPE t DROP a"
      })
  void whatIsBeforeTheFirstActionIsNotPartOfIt(String sql) {
    assertEquals(
        List.of("1 drop a"), actions(sql).stream().map(a -> a.toLowerCase(Locale.ROOT)).toList());
  }

  @Test
  void actionsKnowWhereTheyAre() {
    Statement statement = Sql.statement("ALTER TABLE t /* a, b */ ADD \"🍓,\" int , DROP b ;");
    AlterTableAction first = AlterTableAction.of(statement).getFirst();
    AlterTableAction second = AlterTableAction.of(statement).getLast();
    assertEquals(25, first.start());
    assertEquals(37, first.end());
    assertEquals(40, second.start());
    assertEquals(46, second.end());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER INDEX i RENAME TO j",
        "ALTER TABLE",
        "CREATE TABLE t (a int, b int)",
        "DROP TABLE a, b"
      })
  void otherStatementsHaveNone(String sql) {
    assertEquals(List.of(), actions(sql));
  }

  private static List<String> actions(String sql) {
    Statement statement = Sql.statement(sql);
    return AlterTableAction.of(statement).stream()
        .map(a -> a.number() + " " + statement.source().substring(a.start(), a.end()))
        .toList();
  }
}
