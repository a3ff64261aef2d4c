package dev.confiture.preflight.report;

import dev.confiture.preflight.postgres.QuotedNames;
import dev.confiture.preflight.postgres.ServerError;
import java.util.List;
import java.util.Optional;

/** The names that a server's sentence is about, as far as its form tells. */
final class NamedInMessage {

  private static final String COLUMN = "column ";
  private static final String MISSING = " does not exist";

  private NamedInMessage() {}

  /** What does not exist, or exists already: without its schema or table. */
  static Optional<String> object(ServerError error) {
    List<String> quoted = QuotedNames.in(error.message());
    if (!quoted.isEmpty()) {
      return Optional.of(lastPart(quoted.getFirst()));
    }
    // column u.nickname does not exist: the one form without quotes.
    String message = error.message();
    int end = message.lastIndexOf(MISSING);
    return message.startsWith(COLUMN) && end > COLUMN.length()
        ? Optional.of(lastPart(message.substring(COLUMN.length(), end)))
        : Optional.empty();
  }

  /** The table that the object belongs to: {@code of relation "users"}. */
  static Optional<String> table(ServerError error) {
    List<String> quoted = QuotedNames.in(error.message());
    return error
        .table()
        .or(() -> quoted.size() > 1 ? Optional.of(lastPart(quoted.get(1))) : Optional.empty());
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
