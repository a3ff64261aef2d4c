package dev.confiture.preflight.verdict;

import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.StatementPlace;
import java.util.Optional;

/** {@code CREATE EXTENSION} of one whose files this server does not have: production's may. */
final class MissingExtension {

  private MissingExtension() {}

  static Optional<String> of(Failure failure) {
    // 0A000 from PostgreSQL 15 on, 58P01 before.
    boolean notThere =
        failure.error().is(SqlState.FEATURE_NOT_SUPPORTED)
            || failure.error().is(SqlState.UNDEFINED_FILE);
    return failure
        .statement()
        .map(StatementPlace::statement)
        .filter(statement -> notThere && statement.startsWith("create", "extension"))
        .map(_ -> "the extension is not installed on this server");
  }
}
