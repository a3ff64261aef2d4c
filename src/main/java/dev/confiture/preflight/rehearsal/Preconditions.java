package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.Precondition;
import dev.confiture.preflight.migrations.RecordedClass;
import dev.confiture.preflight.migrations.RecordedPrecondition;
import dev.confiture.preflight.migrations.Sidecar;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.SessionException;
import dev.confiture.preflight.sql.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the sidecars and Python files of a run demand, asked just before their migrations run: in
 * the same session and so as the same role, in a transaction, before the savepoint that the file
 * gets.
 *
 * <p>The tool asks all of a migration's preconditions and names all that are not met; then it does
 * not run the migration. A sidecar that it cannot load is like a missing down file: the migration
 * is executed all the same, so that what follows it is judged.
 */
final class Preconditions {

  private final MigratingSession session;
  private final Transactions transactions;
  private final PreconditionCheck check;
  private final Map<MigrationFile, Sidecar> sidecars = new HashMap<>();

  /** Reads the sidecars, before the first migration runs. */
  Preconditions(
      MigratingSession session,
      Transactions transactions,
      CatalogEvidence evidence,
      MigrationFolder folder,
      List<MigrationFile> pending) {
    this.session = session;
    this.transactions = transactions;
    for (MigrationFile file : pending) {
      folder.sidecar(file).ifPresent(sidecar -> sidecars.put(file, sidecar));
    }
    this.check = new PreconditionCheck(session, evidence, filledTables());
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
    ask(
        sidecar.up().stream()
            .map(demand -> new Question(demand.precondition(), place(sidecar, demand)))
            .toList(),
        found);
    return found;
  }

  /** The same of what the class of a Python file declares. */
  List<Failure> failures(MigrationText.Recorded text) {
    List<Failure> found = new ArrayList<>();
    List<Question> questions = new ArrayList<>();
    for (RecordedPrecondition declared :
        text.recording().declared().map(RecordedClass::preconditions).orElse(List.of())) {
      Place place = PythonPlace.of(text.file(), declared.line(), 0);
      declared
          .precondition()
          .ifPresentOrElse(
              known -> questions.add(new Question(known, place)),
              () -> found.add(unknown(declared, place)));
    }
    ask(questions, found);
    return found;
  }

  private static Failure unknown(RecordedPrecondition declared, Place place) {
    return new Failure(
        Failure.Source.UNSUPPORTED,
        ServerError.of(
            "",
            "precondition not decided: " + declared.type() + ": only the file itself could ask it",
            Optional.empty()),
        place,
        Optional.empty(),
        Evidence.NONE);
  }

  /** A precondition, and where it is demanded. */
  private record Question(Precondition precondition, Place place) {}

  private void ask(List<Question> questions, List<Failure> found) {
    if (questions.isEmpty()) {
      return;
    }
    if (transactions.begin(List.of()) instanceof Answer.Lost lost) {
      Question first = questions.getFirst();
      found.add(
          PreconditionCheck.lost(first.precondition(), LostSession.error(lost), first.place()));
    }
    for (Question question : questions) {
      if (!session.isLost()) {
        check.failure(question.precondition(), question.place()).ifPresent(found::add);
      }
    }
    transactions.rollback();
    transactions.revive();
  }

  private static Place place(Sidecar sidecar, Sidecar.Demand demand) {
    return place(sidecar, demand.start(), demand.end());
  }

  private static Place place(Sidecar sidecar, Position start, Position end) {
    return new Place(
        start,
        end,
        Place.FoundBy.SIDECAR,
        Optional.of(new OtherFile(sidecar.path(), sidecar.text())));
  }

  /** Rows that are there before the first migration runs are production's own. */
  private Set<QualifiedName> filledTables() {
    Set<QualifiedName> filled = new HashSet<>();
    for (Sidecar sidecar : sidecars.values()) {
      for (Sidecar.Demand demand : sidecar.up()) {
        if (demand.precondition() instanceof Precondition.RowCount(QualifiedName table, _)
            && hasRows(table)) {
          filled.add(table);
        }
      }
    }
    return filled;
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
