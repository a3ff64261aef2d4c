package dev.confiture.preflight.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.seed.Seeder.RestoredSchema;
import dev.confiture.preflight.session.Session;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A database after its restore.
 *
 * @param restoring the session that restored
 * @param look a superuser's session of later, with the database's own settings
 */
record Restored(RestoredSchema seeded, Session restoring, Session look) {

  /** The rows of a query, with a bar between columns and {@code NULL} for null. */
  List<String> ask(String sql) {
    return look.query(sql).stream()
        .map(
            row ->
                row.values().stream()
                    .map((Optional<String> value) -> value.orElse("NULL"))
                    .collect(Collectors.joining("|")))
        .toList();
  }

  /** The one value that a query gives. */
  String askOne(String sql) {
    List<String> rows = ask(sql);
    assertEquals(1, rows.size(), sql);
    return rows.getFirst();
  }

  /** The tables of the file's own schemas, in order. */
  List<String> tables() {
    return ask(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace::regnamespace"
            + "::text NOT IN ('pg_catalog', 'information_schema', 'pg_toast') ORDER BY 1");
  }

  /** The line and the reason of each gap. */
  List<String> gaps() {
    return seeded.gaps().stream().map(gap -> gap.position().line() + ": " + gap.reason()).toList();
  }

  /** What was lost to the only gap, as {@code KIND name} in order. */
  List<String> lost() {
    assertEquals(1, seeded.gaps().size(), () -> gaps().toString());
    return lost(0);
  }

  /** What was lost to a gap. */
  List<String> lost(int gap) {
    return seeded.gaps().get(gap).lost().stream()
        .map(lost -> lost.object().kind() + " " + lost.object())
        .sorted()
        .toList();
  }

  void assertNoGap() {
    assertEquals(List.of(), gaps());
  }
}
