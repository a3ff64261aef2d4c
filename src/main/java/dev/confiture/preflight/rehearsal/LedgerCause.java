package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The statement for which the tool's own record is refused: the last one that sets where a table is
 * looked up, whether writing is allowed, or as whom the session acts; for its transaction or for
 * all that follow.
 */
final class LedgerCause {

  private LedgerCause() {}

  static Optional<Statement> of(List<Statement> statements, ServerError error) {
    List<String> settings =
        switch (error.sqlState()) {
          case SqlState.UNDEFINED_TABLE, SqlState.INVALID_SCHEMA_NAME ->
              List.of("search_path", "schema");
          case SqlState.READ_ONLY_SQL_TRANSACTION ->
              List.of("default_transaction_read_only", "transaction_read_only", "read");
          case SqlState.INSUFFICIENT_PRIVILEGE -> List.of("role", "authorization");
          default -> List.of();
        };
    return statements.reversed().stream()
        .filter(
            statement ->
                settings.isEmpty()
                    ? SessionLeaks.setting(statement).isPresent()
                    : sets(statement, settings))
        .findFirst();
  }

  private static boolean sets(Statement statement, List<String> settings) {
    boolean command = statement.is(0, "set");
    return (command || statement.tokens().stream().anyMatch(token -> token.is("set_config")))
        && statement.tokens().stream()
            .map(token -> token.text().toLowerCase(Locale.ROOT))
            // The function has the name in quotes.
            .map(text -> command ? text : text.replace("'", ""))
            .anyMatch(settings::contains);
  }
}
