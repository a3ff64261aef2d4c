package dev.confiture.preflight.session;

import java.sql.SQLWarning;
import java.util.List;
import java.util.Optional;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/**
 * A notice or warning of the server.
 *
 * @param severity as the server names it, for example WARNING
 */
public record Notice(String severity, String sqlState, String message) {

  /** All of a message's, in their order. */
  static List<Notice> all(List<SQLWarning> warnings) {
    return warnings.stream().map(Notice::of).toList();
  }

  private static Notice of(SQLWarning warning) {
    Optional<ServerErrorMessage> said =
        warning instanceof PSQLWarning psql
            ? Optional.ofNullable(psql.getServerErrorMessage())
            : Optional.empty();
    return new Notice(
        said.map(ServerErrorMessage::getSeverity).orElse("WARNING"),
        DriverErrors.text(warning.getSQLState()),
        DriverErrors.text(warning.getMessage()));
  }
}
