package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.DateStyle;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Rewrites {@code SET [LOCAL] DateStyle …} in words that the driver survives.
 *
 * <p>pgjdbc ends a session whose DateStyle does not begin with ISO. The order of day and month,
 * which decides what input means, is kept; only how dates are shown stays ISO.
 */
final class SetDateStyle {

  private SetDateStyle() {}

  /** Returns the statement to send in place of one that sets another output form than ISO. */
  static Optional<String> withIsoOutput(Statement statement) {
    List<Token> tokens = statement.tokens();
    int at = statement.is(1, "local") || statement.is(1, "session") ? 2 : 1;
    if (!statement.is(0, "set") || !statement.is(at, "datestyle") || tokens.size() < at + 3) {
      return Optional.empty();
    }
    DateStyle style =
        DateStyle.parse(
            tokens.subList(at + 2, tokens.size()).stream()
                .map(Token::text)
                .collect(Collectors.joining(" ")));
    return style
        .iso()
        .filter(iso -> !iso)
        .map(
            _ ->
                "SET "
                    + (statement.is(1, "local") ? "LOCAL " : "")
                    + "DateStyle = '"
                    + style.withIsoOutput()
                    + "'");
  }
}
