package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.Precondition;
import dev.confiture.preflight.migrations.Precondition.DecidedBy;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.rehearsal.MigratingSession.QueryResult;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.SessionException;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.TransactionControl;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The preconditions of a run's migrations, asked just before their files run: in the same session
 * and so as the same role, in a transaction, before the savepoint that the file gets.
 *
 * <p>The tool asks all of a migration's preconditions and names all that are not met; then it does
 * not run the migration. A file beside it that the tool cannot load is like a missing down file:
 * the migration is executed all the same, so that what follows it is judged.
 */
final class Preconditions {

  private static final String ASKING = "SAVEPOINT preflight_precondition";
  private static final String ASKED = "RELEASE SAVEPOINT preflight_precondition";
  private static final String REFUSED = "ROLLBACK TO SAVEPOINT preflight_precondition; " + ASKED;

  private final MigratingSession session;
  private final Transactions transactions;
  private final CatalogEvidence evidence;
  private final Set<QualifiedName> filled;

  /** Looks at the tables whose rows are demanded, before the first migration runs. */
  Preconditions(
      MigratingSession session,
      Transactions transactions,
      CatalogEvidence evidence,
      List<Migration> pending) {
    this.session = session;
    this.transactions = transactions;
    this.evidence = evidence;
    this.filled = filledTables(pending);
  }

  /** Returns true if the migration would not be run for this failure. */
  static boolean prevents(Failure failure) {
    return failure.evidence().precondition().isPresent()
        && failure.source() != Failure.Source.UNSUPPORTED;
  }

  /**
   * Returns what is wrong with the files beside a migration, and the preconditions that are not met
   * or cannot be decided here.
   */
  List<Failure> failures(Migration migration) {
    List<Failure> found = new ArrayList<>();
    for (Refusal refusal : migration.refusals()) {
      if (refusal.beside().isPresent()) {
        found.add(
            failure(
                Failure.Source.TOOL,
                ServerError.of("", refusal.message(), refusal.hint()),
                Place.of(refusal.beside()),
                Evidence.NONE));
      }
    }
    ask(migration.preconditions(), found);
    return found;
  }

  private void ask(List<Precondition.Declared> all, List<Failure> found) {
    List<Precondition.Declared> questions = new ArrayList<>();
    for (Precondition.Declared declared : all) {
      if (declared.precondition().decidedBy() instanceof DecidedBy.Code(String reason)) {
        found.add(
            failure(
                Failure.Source.UNSUPPORTED,
                undecided(declared.precondition(), reason),
                Place.of(declared.place()),
                Evidence.NONE));
      } else {
        questions.add(declared);
      }
    }
    if (questions.isEmpty()) {
      return;
    }
    if (transactions.begin(List.of()) instanceof Answer.Lost lost) {
      found.add(lost(questions.getFirst(), LostSession.error(lost)));
    }
    for (Precondition.Declared question : questions) {
      if (!session.isLost()) {
        failure(question).ifPresent(found::add);
      }
    }
    transactions.rollback();
    transactions.revive();
  }

  private Optional<Failure> failure(Precondition.Declared declared) {
    Precondition precondition = declared.precondition();
    return switch (precondition.decidedBy()) {
      case DecidedBy.Catalog _ -> decided(declared, Optional.empty());
      case DecidedBy.Rows(QualifiedName table, String description) ->
          decided(
              declared,
              filled.contains(table)
                  ? Optional.empty()
                  : Optional.of(undecided(precondition, description)));
      case DecidedBy.Query(String description, boolean hasParameters) ->
          Optional.of(
              switch (run(precondition.question(), hasParameters)) {
                case Answer.Completed _ ->
                    about(
                        declared, Failure.Source.UNSUPPORTED, undecided(precondition, description));
                case Answer.Refused(ServerError error, _) -> refused(declared, error);
                case Answer.Lost lost -> lost(declared, LostSession.error(lost));
              });
      case DecidedBy.Code _ -> Optional.empty();
    };
  }

  /** Asks a precondition; an error that is due to missing rows decides nothing. */
  private Optional<Failure> decided(
      Precondition.Declared declared, Optional<ServerError> undecided) {
    Precondition precondition = declared.precondition();
    return switch (ask(precondition.question())) {
      case QueryResult.Value _ when undecided.isPresent() ->
          Optional.of(about(declared, Failure.Source.UNSUPPORTED, undecided.get()));
      case QueryResult.Value(Optional<String> answer) ->
          precondition
              .unmet(answer)
              .map(
                  unmet ->
                      about(
                          declared,
                          Failure.Source.TOOL,
                          ServerError.of(
                              "",
                              "precondition failed: " + precondition.name() + ": " + unmet,
                              Optional.empty())));
      case QueryResult.Refused(ServerError error) -> Optional.of(refused(declared, error));
      case QueryResult.Lost(String reason) ->
          Optional.of(lost(declared, LostSession.error(reason)));
    };
  }

  /** Asks in a savepoint, so that an error does not keep the others from being asked. */
  private QueryResult ask(String question) {
    session.command(ASKING);
    QueryResult asked = session.ask(question);
    switch (asked) {
      case QueryResult.Value _ -> session.command(ASKED);
      case QueryResult.Refused _ -> session.command(REFUSED);
      case QueryResult.Lost _ -> {}
    }
    return asked;
  }

  /** Runs a query, unless it has parameters, which are not known, or would end the transaction. */
  private Answer run(String question, boolean hasParameters) {
    Script script = Script.of(SourceText.of(question));
    if (hasParameters
        || script.statements().stream().anyMatch(s -> TransactionControl.of(s).isPresent())) {
      return new Answer.Completed(List.of());
    }
    session.command(ASKING);
    Answer answer = session.send(question, script.statements().size());
    switch (answer) {
      case Answer.Completed _ -> session.command(ASKED);
      case Answer.Refused _ -> session.command(REFUSED);
      case Answer.Lost _ -> {}
    }
    return answer;
  }

  private static ServerError undecided(Precondition precondition, String reason) {
    return ServerError.of(
        "", "precondition not decided: " + precondition.name() + ": " + reason, Optional.empty());
  }

  private Failure refused(Precondition.Declared declared, ServerError error) {
    Precondition precondition = declared.precondition();
    return failure(
        Failure.Source.SERVER,
        error.within(precondition.question(), "precondition " + precondition.name()),
        Place.of(declared.place()),
        Script.of(SourceText.of(precondition.question())).statements().stream()
            .findFirst()
            .map(statement -> evidence.of(statement, error))
            .orElse(Evidence.NONE)
            .of(precondition));
  }

  /**
   * Returns the failure of a lost session: the other preconditions are not asked, the file not run.
   */
  private static Failure lost(Precondition.Declared declared, ServerError error) {
    return about(declared, Failure.Source.BACKEND, error);
  }

  private static Failure about(
      Precondition.Declared declared, Failure.Source source, ServerError error) {
    return failure(
        source, error, Place.of(declared.place()), Evidence.NONE.of(declared.precondition()));
  }

  private static Failure failure(
      Failure.Source source, ServerError error, Place place, Evidence evidence) {
    return new Failure(source, error, place, Optional.empty(), evidence);
  }

  /**
   * Returns the tables in question that hold rows before the first migration runs: production's own
   * rows.
   */
  private Set<QualifiedName> filledTables(List<Migration> pending) {
    Set<QualifiedName> tables = new HashSet<>();
    for (Migration migration : pending) {
      for (Precondition.Declared declared : migration.preconditions()) {
        if (declared.precondition().decidedBy() instanceof DecidedBy.Rows(var table, _)
            && hasRows(table)) {
          tables.add(table);
        }
      }
    }
    return tables;
  }

  private boolean hasRows(QualifiedName table) {
    try {
      return transactions
          .ask("SELECT EXISTS (SELECT FROM " + Identifiers.quote(table) + ")")
          .getFirst()
          .isTrue(0);
    } catch (SessionException refused) {
      return false;
    }
  }
}
