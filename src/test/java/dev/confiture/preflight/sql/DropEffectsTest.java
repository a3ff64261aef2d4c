package dev.confiture.preflight.sql;

import static dev.confiture.preflight.sql.Sql.effects;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DropEffectsTest {

  @Test
  void everyNameOfAListIsRemoved() {
    assertEquals(
        List.of("- RELATION a @a", "- RELATION s.B @s", "- RELATION c @c"),
        effects("DROP TABLE IF EXISTS a, s.\"B\", c CASCADE"));
    assertEquals(
        List.of("- FUNCTION f @f", "- FUNCTION g @g"),
        effects("DROP FUNCTION f(int, text), g RESTRICT"));
  }

  @ParameterizedTest
  @CsvSource({
    "DROP MATERIALIZED VIEW v, - RELATION v @v",
    "DROP FOREIGN TABLE t, - RELATION t @t",
    "DROP INDEX CONCURRENTLY IF EXISTS s.i, - RELATION s.i @s",
    "DROP SEQUENCE q, - RELATION q @q",
    "DROP DOMAIN d, - TYPE d @d",
    "DROP TYPE t, - TYPE t @t",
    "DROP PROCEDURE p(), - FUNCTION p @p",
    "DROP SCHEMA s CASCADE, - SCHEMA s @s",
    "DROP EXTENSION e, - EXTENSION e @e",
    "DROP ROLE r, - ROLE r @r",
    "DROP STATISTICS s, - STATISTICS s @s",
    "DROP TRIGGER IF EXISTS g ON s.t, - TRIGGER s.t.g @g",
    "DROP POLICY p ON t, - POLICY t.p @p",
    "DROP RULE r ON t CASCADE, - RULE t.r @r"
  })
  void objectsAreRemoved(String sql, String effect) {
    assertEquals(List.of(effect), effects(sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP",
        "DROP TABLE",
        "DROP TRIGGER g",
        "DROP OWNED BY joe",
        "DROP USER MAPPING FOR joe SERVER s"
      })
  void otherStatementsRemoveNothing(String sql) {
    assertEquals(List.of(), effects(sql));
  }
}
