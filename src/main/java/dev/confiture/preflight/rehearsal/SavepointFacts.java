package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.MessageNames;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.rehearsal.Evidence.TransactionFact;
import java.util.EnumSet;
import java.util.Set;

/** Looks up, after an error, how the one transaction around all files may have caused it. */
final class SavepointFacts {

  private final Questions questions;
  private final DeferredConstraints deferred;
  private final CommitEnds commitEnds;

  SavepointFacts(Questions questions, DeferredConstraints deferred, CommitEnds commitEnds) {
    this.questions = questions;
    this.deferred = deferred;
    this.commitEnds = commitEnds;
  }

  Set<TransactionFact> of(ServerError error) {
    Set<TransactionFact> facts = EnumSet.noneOf(TransactionFact.class);
    switch (error.sqlState()) {
      case SqlState.OBJECT_IN_USE -> {
        if (MessageNames.quoted(error.message()).contains(CommitGuard.NAME)) {
          facts.add(TransactionFact.GUARD);
        } else if (deferred.keepsEvents()) {
          facts.add(TransactionFact.WAITING_EVENTS);
        }
        if (holds("SELECT FROM pg_cursors WHERE is_holdable")) {
          facts.add(TransactionFact.HELD_CURSOR);
        }
      }
      case SqlState.UNIQUE_VIOLATION, SqlState.EXCLUSION_VIOLATION -> {
        if (namesBeginning(error, 1)) {
          facts.add(TransactionFact.STANDING_CLOCK);
        }
      }
      case SqlState.CHECK_VIOLATION -> {
        // Two times of one row, which in a deployment come one after the other.
        if (namesBeginning(error, 2)) {
          facts.add(TransactionFact.STANDING_CLOCK);
        }
      }
      case SqlState.DUPLICATE_TABLE -> {
        if (MessageNames.quotedAndParts(error.message()).stream()
            .anyMatch(commitEnds::mayHaveDropped)) {
          facts.add(TransactionFact.TEMPORARY_TABLE);
        }
      }
      default -> {}
    }
    return facts;
  }

  private boolean holds(String query) {
    return !questions.ask(query).isEmpty();
  }

  /**
   * Returns true if the detail holds the time at which the transaction began, at least so many
   * times.
   */
  private boolean namesBeginning(ServerError error, int times) {
    if (error.detail().isEmpty()) {
      return false;
    }
    String detail = Identifiers.literal(error.detail().get());
    return holds(
        "SELECT FROM (VALUES (now()::text), (localtimestamp::text)) AS begun (at)"
            + " WHERE (length("
            + detail
            + ") - length(replace("
            + detail
            + ", at, ''))) / length(at) >= "
            + times);
  }
}
