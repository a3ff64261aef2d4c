package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which columns a statement gives another type. */
final class ColumnTypesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ALTER TABLE t ALTER COLUMN c TYPE text|t.c@27",
        "ALTER TABLE IF EXISTS ONLY app.t * ALTER c SET DATA TYPE text USING c::text|app.t.c@41",
        "ALTER TABLE t ADD x int, ALTER a TYPE int, ALTER b SET NOT NULL, ALTER d TYPE int|"
            + "t.a@31, t.d@71",
        "ALTER TABLE t ALTER c SET DEFAULT 5|t.c@20",
        "ALTER TABLE t ALTER c DROP NOT NULL|t.c@20",
        "CREATE TABLE t (c int DEFAULT 5)|t.c@22",
        "ALTER TABLE t ADD COLUMN c text|''",
        "ALTER TYPE t ALTER ATTRIBUTE c TYPE text|''",
        "SELECT 1|''"
      })
  void columnsAreNamedWithTheirTableAndPlace(String sql, String columns) {
    assertEquals(
        columns,
        ColumnTypes.of(Script.of(SourceText.of(sql)).statements().getFirst()).stream()
            .map(effect -> effect.object() + "@" + effect.offset())
            .collect(Collectors.joining(", ")));
  }
}
