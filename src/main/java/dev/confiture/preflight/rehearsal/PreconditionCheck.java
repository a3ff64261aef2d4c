package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.CatalogQuestion;
import dev.confiture.preflight.migrations.Precondition;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.TransactionControl;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks one precondition, in a savepoint of its own: an error is a failed precondition, and must not
 * keep the others from being asked.
 */
final class PreconditionCheck {

  private static final String ASKING = "SAVEPOINT preflight_precondition";
  private static final String ASKED = "RELEASE SAVEPOINT preflight_precondition";
  private static final String REFUSED = "ROLLBACK TO SAVEPOINT preflight_precondition; " + ASKED;

  private final MigratingSession session;
  private final CatalogEvidence evidence;
  private final Set<QualifiedName> filled;

  /**
   * For one run.
   *
   * @param filled the tables whose rows are production's own
   */
  PreconditionCheck(MigratingSession session, CatalogEvidence evidence, Set<QualifiedName> filled) {
    this.session = session;
    this.evidence = evidence;
    this.filled = Set.copyOf(filled);
  }

  /** Why it is not met, or cannot be told; nothing where it is met. */
  Optional<Failure> failure(Precondition precondition, Place place) {
    return switch (precondition) {
      case Precondition.OfCatalog catalog -> ofCatalog(catalog, place);
      case Precondition.RowCount count -> ofRows(count, place);
      case Precondition.CustomSql custom -> Optional.of(ofQuery(custom, place));
    };
  }

  private Optional<Failure> ofCatalog(Precondition.OfCatalog precondition, Place place) {
    String question = CatalogQuestion.of(precondition);
    return switch (ask(question)) {
      case QueryResult.Value(Optional<String> answer) ->
          precondition.unmet(answer).map(unmet -> unmet(precondition, unmet, place));
      case QueryResult.Refused(ServerError error) ->
          Optional.of(refused(precondition, question, error, place));
      case QueryResult.Lost(String reason) ->
          Optional.of(lost(precondition, LostSession.error(reason), place));
    };
  }

  private Optional<Failure> ofRows(Precondition.RowCount precondition, Place place) {
    String question = "SELECT COUNT(*) FROM " + Identifiers.quote(precondition.table());
    return switch (ask(question)) {
      case QueryResult.Value(Optional<String> rows) ->
          filled.contains(precondition.table())
              ? precondition
                  .unmet(Long.parseLong(rows.orElse("0")))
                  .map(unmet -> unmet(precondition, unmet, place))
              : Optional.of(undecided(precondition, place));
      case QueryResult.Refused(ServerError error) ->
          Optional.of(refused(precondition, question, error, place));
      case QueryResult.Lost(String reason) ->
          Optional.of(lost(precondition, LostSession.error(reason), place));
    };
  }

  /** Run for its errors only: what it answers depends on rows, and on a server, not here. */
  private Failure ofQuery(Precondition.CustomSql precondition, Place place) {
    return switch (run(precondition)) {
      case Answer.Completed _ -> undecided(precondition, place);
      case Answer.Refused(ServerError error, _) ->
          refused(precondition, precondition.sql(), error, place);
      case Answer.Lost lost -> lost(precondition, LostSession.error(lost), place);
    };
  }

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

  /** One with parameters cannot be sent as it is; one that ends the transaction must not be. */
  private Answer run(Precondition.CustomSql precondition) {
    Script script = Script.of(SourceText.of(precondition.sql()));
    if (precondition.hasParameters()
        || script.statements().stream().anyMatch(s -> TransactionControl.of(s).isPresent())) {
      return new Answer.Completed(List.of());
    }
    session.command(ASKING);
    Answer answer = session.send(precondition.sql(), script.statements().size());
    switch (answer) {
      case Answer.Completed _ -> session.command(ASKED);
      case Answer.Refused _ -> session.command(REFUSED);
      case Answer.Lost _ -> {}
    }
    return answer;
  }

  private static Failure unmet(Precondition precondition, String unmet, Place place) {
    return failure(
        Failure.Source.TOOL,
        ServerError.of(
            "", "precondition failed: " + precondition.name() + ": " + unmet, Optional.empty()),
        place,
        Evidence.NONE.of(precondition));
  }

  private static Failure undecided(Precondition.OfData precondition, Place place) {
    return failure(
        Failure.Source.UNSUPPORTED,
        ServerError.of(
            "",
            "precondition not decided: " + precondition.name() + ": " + precondition.description(),
            Optional.empty()),
        place,
        Evidence.NONE.of(precondition));
  }

  private Failure refused(
      Precondition precondition, String question, ServerError error, Place place) {
    return failure(
        Failure.Source.SERVER,
        error.within(question, "precondition " + precondition.name()),
        place,
        Script.of(SourceText.of(question)).statements().stream()
            .findFirst()
            .map(statement -> evidence.of(statement, error))
            .orElse(Evidence.NONE)
            .of(precondition));
  }

  /** With the session the others cannot be asked, and the migration is not run. */
  static Failure lost(Precondition precondition, ServerError error, Place place) {
    return failure(Failure.Source.BACKEND, error, place, Evidence.NONE.of(precondition));
  }

  private static Failure failure(
      Failure.Source source, ServerError error, Place place, Evidence evidence) {
    return new Failure(source, error, place, Optional.empty(), evidence);
  }
}
