package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.CatalogQuestion;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.Precondition;
import dev.confiture.preflight.migrations.Sidecar;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.SessionException;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.TransactionControl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the sidecars of a run demand, asked just before their migrations run: in the same session
 * and so as the same role, in a transaction, before the savepoint that the file gets.
 *
 * <p>The tool asks all of a migration's preconditions and names all that are not met; then it does
 * not run the migration. An error in a question counts as not met.
 */
final class Preconditions {

  private static final String ASKING = "SAVEPOINT preflight_precondition";
  private static final String ASKED = "RELEASE SAVEPOINT preflight_precondition";
  private static final String REFUSED = "ROLLBACK TO SAVEPOINT preflight_precondition; " + ASKED;

  private final MigratingSession session;
  private final Transactions transactions;
  private final CatalogEvidence evidence;
  private final Map<MigrationFile, Sidecar> sidecars = new HashMap<>();
  private final Set<QualifiedName> filled = new HashSet<>();

  /** Reads the sidecars, before the first migration runs. */
  Preconditions(
      MigratingSession session,
      Transactions transactions,
      CatalogEvidence evidence,
      MigrationFolder folder,
      List<MigrationFile> pending) {
    this.session = session;
    this.transactions = transactions;
    this.evidence = evidence;
    for (MigrationFile file : pending) {
      folder.sidecar(file).ifPresent(sidecar -> sidecars.put(file, sidecar));
    }
    sidecars.values().stream()
        .flatMap(sidecar -> sidecar.up().stream())
        .forEach(
            demand -> {
              if (demand.precondition() instanceof Precondition.RowCount(QualifiedName table, _)
                  && hasRows(table)) {
                filled.add(table);
              }
            });
  }

  /** Whether the migration would not be run for this failure. */
  static boolean prevents(Failure failure) {
    return failure.evidence().precondition().isPresent()
        && failure.source() != Failure.Source.UNSUPPORTED;
  }

  /** What is wrong with a migration's sidecar, is not met, or cannot be told here. */
  List<Failure> failures(MigrationFile file) {
    Sidecar sidecar = sidecars.get(file);
    if (sidecar == null) {
      return List.of();
    }
    List<Failure> found = new ArrayList<>();
    for (Sidecar.Mistake mistake : sidecar.mistakes()) {
      found.add(
          new Failure(
              Failure.Source.TOOL,
              ServerError.of(
                  "",
                  "invalid sidecar: " + mistake.message(),
                  Optional.of(mistake.hint()).filter(hint -> !hint.isEmpty())),
              place(sidecar, mistake.start(), mistake.end()),
              Optional.empty(),
              Evidence.NONE));
    }
    if (!sidecar.up().isEmpty()) {
      if (transactions.begin(List.of()) instanceof Answer.Lost lost) {
        found.add(lost(sidecar.up().getFirst(), sidecar, LostSession.error(lost).message()));
      }
      for (Sidecar.Demand demand : sidecar.up()) {
        if (!session.isLost()) {
          failure(sidecar, demand).ifPresent(found::add);
        }
      }
      transactions.rollback();
      transactions.revive();
    }
    return found;
  }

  private Optional<Failure> failure(Sidecar sidecar, Sidecar.Demand demand) {
    Place place = place(sidecar, demand.start(), demand.end());
    return switch (demand.precondition()) {
      case Precondition.OfCatalog precondition -> {
        String question = CatalogQuestion.of(precondition);
        yield switch (ask(question)) {
          case Asked.Value(Optional<String> answer) ->
              precondition.unmet(answer).map(unmet -> unmet(precondition, unmet, place));
          case Asked.Refused(ServerError error) ->
              Optional.of(refused(precondition, question, error, place));
          case Asked.Lost(String reason) -> Optional.of(lost(precondition, reason, place));
        };
      }
      case Precondition.RowCount precondition -> {
        String question = "SELECT COUNT(*) FROM " + Identifiers.quote(precondition.table());
        yield switch (ask(question)) {
          case Asked.Value(Optional<String> rows) ->
              filled.contains(precondition.table())
                  ? precondition
                      .unmet(Long.parseLong(rows.orElse("0")))
                      .map(unmet -> unmet(precondition, unmet, place))
                  : Optional.of(undecided(precondition, place));
          case Asked.Refused(ServerError error) ->
              Optional.of(refused(precondition, question, error, place));
          case Asked.Lost(String reason) -> Optional.of(lost(precondition, reason, place));
        };
      }
      case Precondition.CustomSql precondition ->
          Optional.of(
              switch (run(precondition)) {
                case Answer.Completed _ -> undecided(precondition, place);
                case Answer.Refused(ServerError error) ->
                    refused(precondition, precondition.sql(), error, place);
                case Answer.Lost lost ->
                    lost(precondition, LostSession.error(lost).message(), place);
              });
    };
  }

  private Asked ask(String question) {
    session.command(ASKING);
    Asked asked = session.ask(question);
    switch (asked) {
      case Asked.Value _ -> session.command(ASKED);
      case Asked.Refused _ -> session.command(REFUSED);
      case Asked.Lost _ -> {}
    }
    return asked;
  }

  /** Only for its errors: what it answers depends on rows, and on a server, that are not here. */
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

  private static Failure lost(Sidecar.Demand demand, Sidecar sidecar, String reason) {
    return lost(demand.precondition(), reason, place(sidecar, demand.start(), demand.end()));
  }

  private static Failure lost(Precondition precondition, String reason, Place place) {
    return failure(
        Failure.Source.BACKEND, LostSession.error(reason), place, Evidence.NONE.of(precondition));
  }

  private static Failure failure(
      Failure.Source source, ServerError error, Place place, Evidence evidence) {
    return new Failure(source, error, place, Optional.empty(), evidence);
  }

  private static Place place(Sidecar sidecar, Position start, Position end) {
    return new Place(
        start,
        end,
        Place.FoundBy.SIDECAR,
        Optional.of(new OtherFile(sidecar.path(), sidecar.text())));
  }

  /** Rows that were there before the first migration are production's own. */
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
