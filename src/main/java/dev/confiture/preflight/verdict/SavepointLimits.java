package dev.confiture.preflight.verdict;

import dev.confiture.preflight.migrations.Execution.Scope;
import dev.confiture.preflight.postgres.MessageNames;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.rehearsal.Evidence.TransactionFact;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.sql.Effect;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The failures that one transaction around all files cannot judge: those that exist only because
 * there is no COMMIT between the files. A tool that opens one such transaction itself has none
 * either, and so only what is owed to savepoints is left of them.
 *
 * @param scope the transaction that the team's tool opens; where it runs a file in a savepoint too,
 *     what a savepoint refuses is refused in the deployment as well
 * @param serverMajor the server's major version
 */
public record SavepointLimits(Scope scope, int serverMajor) {

  private static final String NEW_TYPE =
      "the value and its type are new in the same transaction, which counts only outside of"
          + " savepoints";

  private static final String DECIDED_BY = "; clone isolation, which commits, would decide it";

  /**
   * Returns why savepoint isolation cannot tell, as a sentence.
   *
   * @param ofFile all failures of the failure's file
   * @param file the statements of the failure's file
   * @param earlier those that took effect in the files before it
   */
  Optional<String> reason(
      Failure failure, List<Failure> ofFile, List<Statement> file, List<Statement> earlier) {
    if (failure.source() != Failure.Source.SERVER && failure.source() != Failure.Source.COMMIT) {
      return Optional.empty();
    }
    return guarded(failure, ofFile)
        .or(
            () ->
                commitsBetween() ? deferredHere(failure, file, earlier) : Optional.<String>empty())
        .or(() -> cause(failure, file, earlier))
        .map(cause -> cause + DECIDED_BY);
  }

  /** Explains what the guard kept from being dropped, and what then was in the way. */
  private static Optional<String> guarded(Failure failure, List<Failure> ofFile) {
    boolean follows =
        failure.error().saysDuplicate()
            && ofFile.stream()
                .filter(each -> each.place().start().compareTo(failure.place().start()) <= 0)
                .anyMatch(SavepointLimits::meetsGuard);
    return when(
        follows || meetsGuard(failure),
        "temporary objects were not dropped, since the table that keeps this isolation from"
            + " committing is one of them");
  }

  private static boolean meetsGuard(Failure failure) {
    return failure.evidence().transaction().contains(TransactionFact.GUARD);
  }

  private Optional<String> cause(Failure failure, List<Statement> file, List<Statement> earlier) {
    ServerError error = failure.error();
    if (!commitsBetween()) {
      return ofSavepoints(error, file, earlier);
    }
    Set<TransactionFact> facts = failure.evidence().transaction();
    return switch (error.sqlState()) {
      case SqlState.UNSAFE_NEW_ENUM_VALUE_USAGE -> enumValue(error, file, earlier);
      case SqlState.OBJECT_IN_USE ->
          when(
                  facts.contains(TransactionFact.WAITING_EVENTS),
                  "events of deferred triggers wait that the COMMIT of an earlier file would have"
                      + " fired")
              .or(
                  () ->
                      when(
                          facts.contains(TransactionFact.HELD_CURSOR),
                          "a cursor WITH HOLD still reads its table, which the COMMIT of its file"
                              + " would have copied"));
      case SqlState.UNIQUE_VIOLATION, SqlState.EXCLUSION_VIOLATION, SqlState.CHECK_VIOLATION ->
          when(
              facts.contains(TransactionFact.STANDING_CLOCK),
              "now() stands still in the one transaction around all files, so that the time of an"
                  + " earlier file comes again");
      case SqlState.DUPLICATE_TABLE ->
          when(
              facts.contains(TransactionFact.TEMPORARY_TABLE),
              "a function made the temporary table in an earlier file, whose COMMIT may have dropped"
                  + " it");
      case SqlState.OUT_OF_MEMORY ->
          when(
              error.saysLockTableFull(),
              "the locks of all files are held at once, and the server's lock table is full");
      case SqlState.ACTIVE_SQL_TRANSACTION ->
          when(
              !usesSavepoints() && !error.needsNoTransactionBlock(),
              "it must come first in a transaction, and the one around all files began earlier");
      default -> Optional.empty();
    };
  }

  private boolean usesSavepoints() {
    return scope == Scope.FILE_IN_SAVEPOINT;
  }

  private boolean commitsBetween() {
    return scope != Scope.RUN;
  }

  /**
   * Explains what is refused in a savepoint alone, of a tool with one transaction for all files.
   */
  private Optional<String> ofSavepoints(
      ServerError error, List<Statement> file, List<Statement> earlier) {
    return switch (error.sqlState()) {
      case SqlState.UNSAFE_NEW_ENUM_VALUE_USAGE ->
          when(
              serverMajor > 15
                  && Stream.concat(earlier.stream(), file.stream())
                      .anyMatch(s -> makesType(s, error)),
              NEW_TYPE);
      case SqlState.ACTIVE_SQL_TRANSACTION ->
          when(
              earlier.isEmpty() && !error.needsNoTransactionBlock(),
              "it must come first in a transaction, and the one around all files began earlier");
      default -> Optional.empty();
    };
  }

  /**
   * Explains a new enum label. One that an earlier file added is committed in the deployment. One
   * that the file itself adds is refused there too, except for a type that the file made, where no
   * savepoint is around it: from 18 on for certain, and never up to 15 (<a
   * href="https://www.postgresql.org/docs/current/sql-altertype.html">ALTER TYPE</a>).
   */
  private Optional<String> enumValue(
      ServerError error, List<Statement> file, List<Statement> earlier) {
    boolean before = earlier.stream().anyMatch(s -> adds(s, error));
    boolean here = file.stream().anyMatch(s -> adds(s, error) && !(before && s.isConditional()));
    if (!here) {
      return Optional.of("the value was added by an earlier file, whose COMMIT makes it usable");
    }
    return when(
        !usesSavepoints() && serverMajor > 15 && file.stream().anyMatch(s -> makesType(s, error)),
        NEW_TYPE);
  }

  /** Returns true for {@code ALTER TYPE … ADD VALUE} of the value that the error names. */
  private static boolean adds(Statement s, ServerError error) {
    List<String> quoted = MessageNames.quoted(error.message());
    return s.startsWith("alter", "type")
        && Effects.of(s).stream()
            .map(Effect::object)
            .anyMatch(
                label ->
                    label.kind() == ObjectKind.ENUM_LABEL
                        && quoted.contains(label.name().name())
                        && label.parent().filter(type -> names(error, type)).isPresent());
  }

  private static boolean makesType(Statement s, ServerError error) {
    return s.startsWith("create", "type")
        && Effects.of(s).stream()
            .map(Effect::object)
            .anyMatch(type -> type.kind() == ObjectKind.TYPE && names(error, type.name()));
  }

  /** Returns true if the message names the type, whose schema it has only off the search path. */
  private static boolean names(ServerError error, QualifiedName type) {
    return MessageNames.words(error.message()).contains(type.name());
  }

  /**
   * Explains a constraint that is deferred too little: the check at the end of an earlier file left
   * every constraint immediate that did not exist then, also one that this file declares deferred
   * (<a href="https://www.postgresql.org/docs/current/sql-set-constraints.html">SET
   * CONSTRAINTS</a>).
   */
  private static Optional<String> deferredHere(
      Failure failure, List<Statement> file, List<Statement> earlier) {
    boolean declared =
        file.stream()
            .anyMatch(
                s -> {
                  for (int i = 0; i < s.tokens().size(); i++) {
                    if (s.is(i, "initially") && s.is(i + 1, "deferred")) {
                      return true;
                    }
                  }
                  return false;
                });
    boolean violated =
        failure.error().sqlState().startsWith("23") && failure.error().constraint().isPresent();
    return when(
        failure.source() == Failure.Source.SERVER && violated && declared && !earlier.isEmpty(),
        "a constraint that the file itself declares deferred is checked at once here");
  }

  private static Optional<String> when(boolean holds, String cause) {
    return holds ? Optional.of(cause) : Optional.empty();
  }
}
