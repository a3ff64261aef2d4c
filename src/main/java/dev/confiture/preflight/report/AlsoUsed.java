package dev.confiture.preflight.report;

import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Where else the statement uses the name that failed: PostgreSQL stops at the first error. */
final class AlsoUsed {

  private static final Set<String> NOT_FOUND =
      Set.of(
          SqlState.UNDEFINED_COLUMN,
          SqlState.UNDEFINED_TABLE,
          SqlState.UNDEFINED_FUNCTION,
          SqlState.UNDEFINED_OBJECT);

  private AlsoUsed() {}

  /** {@code nickname is also used on lines 7, 9}, if so. */
  static Optional<String> of(Failure failure) {
    Optional<String> name = NamedInMessage.object(failure.error());
    if (failure.statement().isEmpty()
        || name.isEmpty()
        || !NOT_FOUND.contains(failure.error().sqlState())) {
      return Optional.empty();
    }
    Statement statement = failure.statement().get().statement();
    Set<Integer> lines = new TreeSet<>();
    for (Token token : statement.tokens()) {
      if (token.isIdentifier() && token.identifier().equals(name.get())) {
        lines.add(statement.source().position(token.start()).line());
      }
    }
    lines.remove(failure.place().start().line());
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    String numbers = String.join(", ", lines.stream().map(String::valueOf).toList());
    return Optional.of(
        name.get() + " is also used on line" + (lines.size() > 1 ? "s " : " ") + numbers);
  }
}
