package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.sql.RoutineBody;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The temporary tables that statements make and a COMMIT drops or empties (<a
 * href="https://www.postgresql.org/docs/current/sql-createtable.html">ON COMMIT</a>), as far as
 * their words tell: no catalog does.
 *
 * @param all by their names
 * @param dropped by their names in SQL
 * @param emptied by their names in SQL
 */
record TemporaryTables(List<String> all, List<String> dropped, List<String> emptied) {

  static TemporaryTables of(List<Statement> statements) {
    TemporaryTables tables =
        new TemporaryTables(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    statements.stream().flatMap(TemporaryTables::withBodies).forEach(tables::read);
    return tables;
  }

  /** Returns a statement and those of the code in it. */
  static Stream<Statement> withBodies(Statement statement) {
    return Stream.concat(
        Stream.of(statement),
        RoutineBody.of(statement).stream()
            .flatMap(body -> Script.of(SourceText.of(body.text())).statements().stream()));
  }

  private void read(Statement s) {
    // In code BEGIN and the like may stand before it.
    for (int create = 0; create < s.tokens().size(); create++) {
      int at = s.is(create + 1, "local") || s.is(create + 1, "global") ? create + 2 : create + 1;
      if (s.is(create, "create")
          && (s.is(at, "temp") || s.is(at, "temporary"))
          && s.is(at + 1, "table")) {
        int name = s.is(at + 2, "if") ? at + 5 : at + 2;
        while (name + 2 < s.tokens().size() && s.tokens().get(name + 1).isMark(".")) {
          name += 2;
        }
        if (name < s.tokens().size()) {
          all.add(s.tokens().get(name).identifier());
          read(s, "pg_temp." + Identifiers.quote(s.tokens().get(name).identifier()));
        }
      }
    }
  }

  private void read(Statement s, String name) {
    for (int i = 0; i < s.tokens().size(); i++) {
      if (s.is(i, "on") && s.is(i + 1, "commit")) {
        if (s.is(i + 2, "drop")) {
          dropped.add(name);
        } else if (s.is(i + 2, "delete")) {
          emptied.add(name);
        }
      }
    }
  }
}
