package dev.confiture.preflight.session;

import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/**
 * A notice or warning of the server.
 *
 * @param severity as the server names it, for example WARNING
 */
public record Notice(String severity, String sqlState, String message) {

  /** All of a statement's, in their order. */
  static List<Notice> all(@Nullable SQLWarning first) {
    List<Notice> notices = new ArrayList<>();
    for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
      notices.add(of(warning));
    }
    return notices;
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
