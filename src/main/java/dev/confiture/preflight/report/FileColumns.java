package dev.confiture.preflight.report;

import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.sql.Effect;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.List;

/** The columns that a CREATE TABLE spells out. */
final class FileColumns {

  private FileColumns() {}

  /** Their names; none where the statement takes columns from elsewhere too. */
  static List<String> of(Statement statement, String table) {
    for (Token token : statement.tokens()) {
      if (token.is("like") || token.is("inherits") || token.is("partition") || token.is("select")) {
        return List.of();
      }
    }
    return Effects.of(statement).stream()
        .filter(effect -> effect.change() == Effect.Change.MAKES)
        .map(Effect::object)
        .filter(object -> object.kind() == ObjectKind.COLUMN)
        .filter(object -> object.parent().filter(p -> p.name().equals(table)).isPresent())
        .map(object -> object.name().name())
        .toList();
  }
}
