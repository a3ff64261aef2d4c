package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.Precondition;
import dev.confiture.preflight.postgres.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The evidence in the clone's catalog about the objects of a failed statement.
 *
 * @param relations the relations that the message or the statement names and that exist
 * @param emptyTables tables of the schema that the statement reads or references and that hold no
 *     row here
 * @param transaction the facts that hold only because of savepoint isolation's one transaction
 * @param right the right for want of which the server refused it, where the schema does not tell it
 * @param precondition the precondition that was asked, where it is not about a statement
 */
public record Evidence(
    List<RelationFacts> relations,
    List<QualifiedName> emptyTables,
    Set<TransactionFact> transaction,
    Optional<UnknownRight> right,
    Optional<Precondition> precondition) {

  /** The evidence where nothing was looked up. */
  public static final Evidence NONE = new Evidence(List.of(), List.of(), Set.of());

  /** Makes evidence about a statement that lacks no right. */
  public Evidence(
      List<RelationFacts> relations,
      List<QualifiedName> emptyTables,
      Set<TransactionFact> transaction) {
    this(relations, emptyTables, transaction, Optional.empty(), Optional.empty());
  }

  public Evidence {
    relations = List.copyOf(relations);
    emptyTables = List.copyOf(emptyTables);
    transaction = Set.copyOf(transaction);
  }

  /** Returns the same evidence about a precondition. */
  Evidence of(Precondition asked) {
    return new Evidence(relations, emptyTables, transaction, right, Optional.of(asked));
  }

  /** A fact that holds only because one transaction is around all files. */
  public enum TransactionFact {
    /** The message names the time at which the transaction began: {@code now()} stands still. */
    STANDING_CLOCK,
    /**
     * A cursor WITH HOLD is open that the COMMIT of an earlier file would have taken off its table.
     */
    HELD_CURSOR,
    /** A temporary table of this name is there that a COMMIT may have dropped. */
    TEMPORARY_TABLE,
    /** Events of deferred triggers wait that the COMMIT of an earlier file would have fired. */
    WAITING_EVENTS,
    /** The table that keeps a COMMIT from happening is in the way of what drops all such tables. */
    GUARD
  }
}
