package dev.confiture.preflight.findings;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.TransactionFact;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one transaction around all files cannot judge: failures that exist only because there is no
 * COMMIT between the files.
 *
 * @param toolUsesSavepoints whether the team's tool runs a file in a savepoint too, so that what a
 *     savepoint refuses is refused in the deployment as well
 */
public record SavepointLimits(boolean toolUsesSavepoints) {

  private static final String DECIDED_BY = "; clone isolation, which commits, would decide it";

  /**
   * The reason, as a sentence.
   *
   * @param file the statements of the failure's file
   */
  Optional<String> reason(Failure failure, List<Statement> file) {
    if (failure.source() != Failure.Source.SERVER && failure.source() != Failure.Source.COMMIT) {
      return Optional.empty();
    }
    return cause(failure, file).map(cause -> cause + DECIDED_BY);
  }

  private Optional<String> cause(Failure failure, List<Statement> file) {
    ServerError error = failure.error();
    Set<TransactionFact> facts = failure.evidence().transaction();
    return switch (error.sqlState()) {
      case SqlState.UNSAFE_NEW_ENUM_VALUE_USAGE -> enumValue(error, file);
      case SqlState.OBJECT_IN_USE ->
          when(
              facts.contains(TransactionFact.WAITING_EVENTS)
                  && error.message().contains("pending trigger events"),
              "events of deferred triggers wait that the COMMIT of an earlier file would have"
                  + " fired");
      case SqlState.UNIQUE_VIOLATION, SqlState.EXCLUSION_VIOLATION ->
          when(
              facts.contains(TransactionFact.STANDING_CLOCK),
              "now() stands still in the one transaction around all files, so that the key of an"
                  + " earlier file comes again");
      case SqlState.OUT_OF_MEMORY ->
          when(
              error.message().contains("shared memory"),
              "the locks of all files are held at once, and the server's lock table is full");
      case SqlState.ACTIVE_SQL_TRANSACTION ->
          when(
              !toolUsesSavepoints && !error.needsNoTransactionBlock(),
              "it must come first in a transaction, and the one around all files began earlier");
      default -> Optional.empty();
    };
  }

  /**
   * A value that an earlier file added is committed in the deployment; one that the file itself
   * adds is refused there too, but for a type that the file made (manual, ALTER TYPE, "Notes").
   */
  private Optional<String> enumValue(ServerError error, List<Statement> file) {
    boolean addedHere = file.stream().anyMatch(s -> adds(s, error.message()));
    boolean typeMadeHere =
        file.stream().anyMatch(s -> s.startsWith("create", "type") && has(s, "enum"));
    return when(
        !addedHere || (typeMadeHere && !toolUsesSavepoints),
        addedHere
            ? "the value and its type are new in the same transaction, which counts only outside"
                + " of savepoints"
            : "the value was added by an earlier file, whose COMMIT makes it usable");
  }

  /** {@code ALTER TYPE … ADD VALUE 'label'} of the label that the message quotes. */
  private static boolean adds(Statement s, String message) {
    if (!s.startsWith("alter", "type") || !has(s, "value")) {
      return false;
    }
    for (Token token : s.tokens()) {
      String text = token.text();
      if (text.length() > 1
          && text.startsWith("'")
          && message.contains(
              '"' + text.substring(1, text.length() - 1).replace("''", "'") + '"')) {
        return true;
      }
    }
    return false;
  }

  private static boolean has(Statement s, String keyword) {
    return s.tokens().stream().anyMatch(token -> token.is(keyword));
  }

  private static Optional<String> when(boolean holds, String cause) {
    return holds ? Optional.of(cause) : Optional.empty();
  }
}
