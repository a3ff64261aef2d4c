package dev.confiture.preflight.verdict;

import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value of an enum that may not be used yet (manual, ALTER TYPE, "Notes").
 *
 * @param label the value
 * @param type its type, as the message names it
 */
record NewEnumValue(String label, QualifiedName type) {

  /** The server's form (PostgreSQL's {@code enum.c}). */
  private static final Pattern UNSAFE =
      Pattern.compile("unsafe use of new value \"(.*)\" of enum type (.*)", Pattern.DOTALL);

  /** The one that an error is about. */
  static Optional<NewEnumValue> of(ServerError error) {
    Matcher matcher = UNSAFE.matcher(error.message());
    return matcher.matches()
        ? Optional.of(new NewEnumValue(matcher.group(1), QualifiedName.ofMessage(matcher.group(2))))
        : Optional.empty();
  }

  /** Whether a statement is {@code ALTER TYPE … ADD VALUE} of it. */
  boolean isAddedBy(Statement s) {
    if (!s.startsWith("alter", "type")) {
      return false;
    }
    int add = 3;
    while (add < s.tokens().size() && !s.is(add, "add")) {
      add++;
    }
    int value = s.is(add + 2, "if") ? add + 5 : add + 2;
    return s.is(add + 1, "value")
        && value < s.tokens().size()
        && s.tokens().get(value).isString(label)
        && names(s.tokens().subList(2, add));
  }

  /** Whether a statement is {@code CREATE TYPE … AS ENUM} of its type. */
  boolean hasItsTypeMadeBy(Statement s) {
    int as = 2;
    while (as < s.tokens().size() && !s.is(as, "as")) {
      as++;
    }
    return s.startsWith("create", "type")
        && s.is(as + 1, "enum")
        && names(s.tokens().subList(2, as));
  }

  /** A message has a schema where the search path does not find the type without one. */
  private boolean names(List<Token> tokens) {
    return !tokens.isEmpty() && tokens.getLast().identifier().equals(type.name());
  }
}
