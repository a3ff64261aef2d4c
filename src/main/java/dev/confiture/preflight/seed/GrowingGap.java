package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.sql.Effect;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A gap under which consequences still gather.
 *
 * @param extension the one that is missing, if that is the cause
 */
record GrowingGap(
    String reason,
    ServerError error,
    Statement statement,
    Optional<String> extension,
    Set<LostObject> lost) {

  private static final int MOST_OF_A_STATEMENT = 120;

  static GrowingGap of(String reason, ServerError error, Statement statement) {
    return new GrowingGap(reason, error, statement, Optional.empty(), new LinkedHashSet<>());
  }

  static GrowingGap ofExtension(
      String extension, String reason, ServerError error, Statement statement) {
    return new GrowingGap(reason, error, statement, Optional.of(extension), new LinkedHashSet<>());
  }

  /** An object that this gap's own statement would have brought. */
  void lose(DatabaseObject object) {
    lost.add(new LostObject(object, position()));
  }

  /** What a statement would have made. */
  void lose(Statement refused) {
    for (Effect effect : Effects.of(refused)) {
      if (effect.change() == Effect.Change.MAKES) {
        lost.add(new LostObject(effect.object(), refused.source().position(effect.offset())));
      }
    }
  }

  RestoreGap asFound(String finalReason) {
    return new RestoreGap(finalReason, error, position(), firstLine(), List.copyOf(lost));
  }

  private Position position() {
    return statement.source().position(statement.start());
  }

  private String firstLine() {
    String line = statement.text().lines().findFirst().orElse("");
    return line.codePointCount(0, line.length()) <= MOST_OF_A_STATEMENT
        ? line
        : line.substring(0, line.offsetByCodePoints(0, MOST_OF_A_STATEMENT)) + "…";
  }
}
