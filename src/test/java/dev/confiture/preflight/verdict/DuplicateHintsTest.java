package dev.confiture.preflight.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The columns of a CREATE TABLE, with their types as they are written. */
final class DuplicateHintsTest {

  @Test
  void typesEndWhereConstraintsBegin() {
    assertEquals(
        List.of(
            "id bigint",
            "price numeric(10, 2)",
            "ratio double precision",
            "at timestamp(3) with time zone",
            "tags text[]",
            "Odd Name app.\"Kind\"",
            "code varchar(3)"),
        columns(
            """
            CREATE TABLE app.goods (
              id bigint GENERATED ALWAYS AS IDENTITY,
              price numeric(10, 2) DEFAULT (1 + 2) CHECK (price > 0),
              ratio double precision,
              at timestamp(3) with time zone not null,
              tags text[] DEFAULT '{}',
              "Odd Name" app."Kind" REFERENCES app.kinds,
              code varchar(3) COLLATE "C",
              PRIMARY KEY (id)
            )
            """));
  }

  @Test
  void columnsFromElsewhereAreNotGuessed() {
    assertEquals(List.of(), columns("CREATE TABLE goods (id int, LIKE other)"));
    assertEquals(List.of(), columns("CREATE TABLE goods AS SELECT 1 AS id"));
  }

  private static List<String> columns(String sql) {
    return DuplicateHints.columns(Script.of(SourceText.of(sql)).statements().getFirst(), "goods")
        .stream()
        .map(column -> column.name() + " " + column.type())
        .toList();
  }
}
