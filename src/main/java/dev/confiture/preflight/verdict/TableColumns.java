package dev.confiture.preflight.verdict;

import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.rehearsal.RelationFacts.Column;
import dev.confiture.preflight.sql.Effect;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the columns that a CREATE TABLE spells out. */
final class TableColumns {

  /**
   * The words that end a column's type (<a
   * href="https://www.postgresql.org/docs/current/sql-createtable.html">manual</a>).
   */
  private static final Set<String> AFTER_TYPE =
      Set.of(
          "storage",
          "compression",
          "collate",
          "constraint",
          "not",
          "null",
          "check",
          "default",
          "generated",
          "unique",
          "primary",
          "references");

  private TableColumns() {}

  /** Returns the columns of a table; none where the statement takes columns from elsewhere too. */
  static List<Column> of(Statement statement, String table) {
    for (Token token : statement.tokens()) {
      if (token.is("like") || token.is("inherits") || token.is("partition") || token.is("select")) {
        return List.of();
      }
    }
    List<Column> columns = new ArrayList<>();
    for (Effect effect : Effects.of(statement)) {
      if (effect.change() == Effect.Change.MAKES
          && effect.object().kind() == ObjectKind.COLUMN
          && effect.object().parent().filter(p -> p.name().equals(table)).isPresent()) {
        columns.add(new Column(effect.object().name().name(), type(statement, effect.offset())));
      }
    }
    return columns;
  }

  /** Returns the type as it is written behind the name at this offset. */
  private static String type(Statement statement, int name) {
    StringBuilder type = new StringBuilder();
    int depth = 0;
    int end = -1;
    for (Token token : statement.tokens()) {
      if (token.start() <= name) {
        continue;
      }
      depth += token.isMark("(") ? 1 : token.isMark(")") ? -1 : 0;
      if (depth < 0
          || (depth == 0 && (token.isMark(",") || AFTER_TYPE.stream().anyMatch(token::is)))) {
        break;
      }
      // As close as the file has it: numeric(10,2), but double precision.
      type.append(end >= 0 && token.start() > end ? " " : "").append(token.text());
      end = token.end();
    }
    return type.toString();
  }
}
