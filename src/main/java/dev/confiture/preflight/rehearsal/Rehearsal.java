package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.Ledger;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.postgres.RoleRights;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.rehearsal.MendedMigration.LeftOut;
import dev.confiture.preflight.sandbox.Isolation;
import dev.confiture.preflight.sandbox.MigratedDatabase;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.TransactionControl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs the pending migrations, one after the other: first as their tool would, and where one fails,
 * on a fresh clone once more, with what failed left out.
 *
 * <p>A failed migration never ends a run; a lost server, the time limit or a signal does. Then the
 * rest of the first run is reported as not run, and of the second one as not judged.
 */
public final class Rehearsal {

  private final MigrationFolder folder;
  private final Optional<Ledger> ledger;
  private final boolean allowNonTransactional;
  private final PythonFiles python;
  private final Limits limits;
  private final Duration spent;
  private final Stop stop;
  private final Consumer<MigrationFile> progress;
  private final long start = System.nanoTime();

  /**
   * Prepares both runs.
   *
   * @param ledger the table in which the tool records, where the clone has it
   * @param allowNonTransactional whether the transaction of savepoint isolation may be given up for
   *     a file that cannot run in one
   * @param python what Python files are executed with
   * @param spent the part of the whole run's limit that is used up already
   * @param progress told of each file before it runs
   */
  public Rehearsal(
      MigrationFolder folder,
      Optional<Ledger> ledger,
      boolean allowNonTransactional,
      PythonFiles python,
      Limits limits,
      Duration spent,
      Stop stop,
      Consumer<MigrationFile> progress) {
    this.folder = folder;
    this.ledger = ledger;
    this.allowNonTransactional = allowNonTransactional;
    this.python = python;
    this.limits = limits;
    this.spent = spent;
    this.stop = stop;
    this.progress = progress;
  }

  /** Sends the files in order, each as its tool would. */
  public RehearsalResult run(MigratedDatabase database, List<Migration> pending) {
    List<RehearsedMigration> results = new ArrayList<>();
    List<Integer> kept = new ArrayList<>();
    boolean consumed = false;
    try (Watchdog watchdog = new Watchdog(database);
        MigratingSession session = new MigratingSession(database, watchdog, limits, stop);
        Transactions transactions = transactions(database, session);
        Stop.Listening _ = stop.onRequest(session::interrupt)) {
      Run run = new Run(database, stop, session, transactions, pending);
      if (!limits.total().isZero()) {
        watchdog.after(left(), () -> stop.request(timeLimit()));
      }
      for (Migration migration : pending) {
        if (stop.requested().isPresent()) {
          break;
        }
        run.next(migration, results.isEmpty());
        int before = transactions.kept();
        RehearsedMigration result = run.rehearse(migration);
        run.ended(result.failures());
        consumed = transactions.consumed();
        if (stop.requested().isPresent()) {
          break;
        }
        if (transactions.kept() > before) {
          kept.add(results.size());
        }
        results.add(result);
        if (endedByBackend(result) && !ServerCheck.answers(database)) {
          results.removeLast();
          stop.request(serverLost(result));
        }
      }
      Optional<Transactions.Refused> refused = transactions.end();
      while (refused.isPresent()) {
        refuse(results, kept.get(refused.get().file()), refused.get().error());
        refused = transactions.end();
      }
      // The limit is that of the migrations: what is left to do has its own.
      watchdog.end();
    } catch (SessionException lost) {
      stop.request(ServerCheck.answers(database) ? sessionRefused(lost) : serverLost(lost.text()));
    }
    Optional<Interruption> interruption = stop.requested();
    for (Migration migration : pending.subList(results.size(), pending.size())) {
      results.add(notRun(migration, interruption.map(Interruption::message).orElse("")));
    }
    return new RehearsalResult(ofOneTransaction(results), consumed, interruption);
  }

  /** Adds the refusal of the one COMMIT of all files to the file that is behind it. */
  private static void refuse(List<RehearsedMigration> results, int behind, ServerError error) {
    results.set(
        behind,
        results
            .get(behind)
            .with(
                new Failure(
                    Failure.Source.COMMIT,
                    error,
                    Place.of(Optional.empty()),
                    Optional.empty(),
                    Evidence.NONE)));
  }

  /** Notes of files that pass what a later one's failure undoes with itself. */
  private List<RehearsedMigration> ofOneTransaction(List<RehearsedMigration> results) {
    Optional<RehearsedMigration> failed =
        results.stream().filter(result -> !result.failures().isEmpty()).findFirst();
    boolean inOne = folder.tool().execution().scope() == Execution.Scope.RUN;
    int at = failed.map(results::indexOf).orElse(0);
    if (!(inOne || folder.tool().revertsTheRun())
        || failed.isEmpty()
        || (inOne && hasEnded(results.subList(0, at + 1)))) {
      return results;
    }
    Observation undone = undone(inOne, failed.get().migration().file().fileName());
    return Stream.concat(
            results.subList(0, at).stream().map(result -> result.with(undone)),
            results.subList(at, results.size()).stream())
        .toList();
  }

  /**
   * Returns true if a file has ended the one transaction itself: what was done before is committed
   * with it, and what comes after by itself.
   */
  private static boolean hasEnded(List<RehearsedMigration> files) {
    return files.stream()
        .flatMap(file -> file.withEffect().stream())
        .anyMatch(
            statement ->
                TransactionControl.of(statement)
                    .filter(TransactionControl::endsTransaction)
                    .isPresent());
  }

  private Observation undone(boolean inOne, String failed) {
    return inOne
        ? new Observation.UndoneWith(folder.tool().id(), failed)
        : new Observation.RevertedAfter(folder.tool().id(), failed);
  }

  /** Returns why no second run can follow this first one; empty where one can. */
  public Optional<String> notAgain(RehearsalResult first) {
    Duration half = limits.total().minus(spent).dividedBy(2);
    if (first.interruption().isPresent()) {
      return Optional.of("the run was ended");
    }
    if (first.consumed()) {
      return Optional.of("the database is consumed");
    }
    return !limits.total().isZero() && elapsed().compareTo(half) > 0
        ? Optional.of("the first run took more than half of the time limit")
        : Optional.empty();
  }

  /**
   * Sends the files of the first run again, on a database as it was before that one.
   *
   * @param first what became of them as their tool sends them
   */
  public MendedRun mend(MigratedDatabase database, RehearsalResult first) {
    List<MendedMigration> results = new ArrayList<>();
    List<RehearsedMigration> all = first.migrations().stream().map(Rehearsal::unanswered).toList();
    // A limit that ends this run does not take back what the first one found.
    Stop cut = new Stop();
    try (Watchdog watchdog = new Watchdog(database);
        MigratingSession session = new MigratingSession(database, watchdog, limits, cut);
        Transactions transactions = transactions(database, session);
        Stop.Listening _ = cut.onRequest(session::interrupt);
        Stop.Listening _ = stop.onRequest(() -> stop.requested().ifPresent(cut::request))) {
      Run run =
          new Run(
              database,
              cut,
              session,
              transactions,
              all.stream().map(RehearsedMigration::migration).toList());
      if (!limits.total().isZero()) {
        watchdog.after(left(), () -> cut.request(timeLimit()));
      }
      for (RehearsedMigration migration : all) {
        run.next(migration.migration(), results.isEmpty());
        transactions.checksNext(
            migration.failures().stream()
                .anyMatch(failure -> failure.source() == Failure.Source.COMMIT));
        MendedMigration result =
            migration.failures().isEmpty() ? run.mend(migration) : run.mendAndLook(migration);
        run.ended(result.failures());
        if (cut.requested().isPresent()) {
          break;
        }
        results.add(result);
      }
    } catch (SessionException lost) {
      cut.request(ServerCheck.answers(database) ? sessionRefused(lost) : serverLost(lost.text()));
    }
    return new MendedRun(results, cut.requested().map(Interruption::message));
  }

  /** Returns the same of a file whose queries are sent anew: they may find something else. */
  private static RehearsedMigration unanswered(RehearsedMigration rehearsed) {
    return rehearsed.migration().text() instanceof MigrationText.Sql(_, _, var queried)
            && queried.isPresent()
        ? rehearsed.of(rehearsed.migration().with(queried.get().unanswered()))
        : rehearsed;
  }

  /** Returns the first run's result, as ended by a signal where one came during the second. */
  public RehearsalResult ended(RehearsalResult first) {
    return new RehearsalResult(
        first.migrations(), first.consumed(), first.interruption().or(stop::requested));
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Returns the time that is left of the limit of the whole run. */
  private Duration left() {
    Duration left = limits.total().minus(spent).minus(elapsed());
    return left.isNegative() ? Duration.ZERO : left;
  }

  private Transactions transactions(MigratedDatabase database, MigratingSession session) {
    Session control = database.control();
    Execution execution = folder.tool().execution();
    CommittedTransactions committed = new CommittedTransactions(session, control, execution);
    return switch (database.isolation()) {
      case AUTO, CLONE ->
          execution.scope() == Execution.Scope.RUN
              ? new RunTransactions(session, database)
              : committed;
      case SAVEPOINT ->
          new SavepointTransactions(
              session,
              committed,
              execution,
              allowNonTransactional,
              ledger.filter(l -> l.creation().isEmpty()).flatMap(l -> l.numberedColumn(control)));
    };
  }

  /** One run on one database. */
  private final class Run {

    private final MigratedDatabase database;
    private final Stop ended;
    private final MigratingSession session;
    private final Transactions transactions;
    private final CatalogEvidence evidence;
    private final Preconditions preconditions;
    private final Sequences sequences;
    private final DiscardAll discard;
    private final Set<String> customSettings = new LinkedHashSet<>();
    private final Optional<Migration> firstSent;
    private boolean failed;

    Run(
        MigratedDatabase database,
        Stop ended,
        MigratingSession session,
        Transactions transactions,
        List<Migration> pending) {
      this.database = database;
      this.ended = ended;
      this.session = session;
      this.transactions = transactions;
      this.evidence =
          new CatalogEvidence(
              transactions,
              database.rights(),
              database.hasViewsAsInProduction(),
              pending.stream().anyMatch(Run::isQueried));
      this.preconditions = new Preconditions(session, transactions, evidence, pending);
      this.sequences = new Sequences(transactions);
      this.discard = new DiscardAll(transactions);
      this.firstSent =
          pending.stream()
              .filter(
                  migration ->
                      migration.refusals().stream()
                          .noneMatch(refusal -> refusal.stage() == Refusal.Stage.NOT_RUN))
              .findFirst();
    }

    void next(Migration migration, boolean first) {
      progress.accept(migration.file());
      String text = migration.text().source().map(SourceText::text).orElse("");
      transactions.nextFile(begins(text, first, isQueried(migration)));
      if (folder.tool().execution().restoresRole()) {
        session.restoreRole();
      }
      if (folder.tool().execution().carry() == Execution.Carry.SETTINGS_RESET) {
        session.resetSettings();
      }
      discard.runs(text);
      if (isQueried(migration)) {
        discard.runsUnknown();
      }
    }

    /** Returns where a file begins; what one with queries sends its text does not tell. */
    private Transactions.Begins begins(String text, boolean first, boolean queried) {
      if (first || folder.tool().execution().sharesOneSession()) {
        return Transactions.Begins.IN_SAME_SESSION;
      }
      return !failed
              && !queried
              && database.isolation() != Isolation.SAVEPOINT
              && discard.suffices(text)
          ? Transactions.Begins.DISCARDED
          : Transactions.Begins.IN_NEW_SESSION;
    }

    void ended(List<Failure> failures) {
      failed = !failures.isEmpty();
    }

    RehearsedMigration rehearse(Migration migration) {
      // Where a right is lent the file is sent twice.
      if (database.rights() != RoleRights.KNOWN
          && (isQueried(migration) || Sequences.mayAdvance(migration.text().statements()))) {
        sequences.remember();
      } else {
        sequences.forget();
      }
      return switch (migration.text()) {
        case MigrationText.Sql text -> ofSql(migration, text).run(customSettings, sequences);
        case MigrationText.Python text -> {
          Optional<String> skipped = python.skipped();
          yield skipped.isPresent()
              ? PythonRehearsal.notExecuted(migration, skipped.get())
              : rehearse(
                  python.execute(
                      migration,
                      text.recorder(),
                      limits.statement(),
                      () -> ended.requested().isPresent()));
        }
        case MigrationText.Recorded text ->
            PythonRehearsal.run(
                ofRecording(migration, text),
                execution(migration),
                text,
                customSettings,
                sequences);
        case MigrationText.Unreadable unreadable -> unreadable(migration, unreadable);
      };
    }

    /** Mends a file that failed, and asks what is there of it then. */
    MendedMigration mendAndLook(RehearsedMigration first) {
      WrittenObjects written = new WrittenObjects(transactions);
      long next = written.next();
      return mend(first).writing(written.since(next));
    }

    MendedMigration mend(RehearsedMigration first) {
      Migration migration = first.migration();
      if (first.notRun().isPresent()) {
        return new MendedMigration(
            List.of(),
            migration.text().statements().stream().map(LeftOut::new).toList(),
            List.of());
      }
      // A file that passed is not expected to be sent twice.
      if (first.failures().isEmpty()) {
        sequences.forget();
      } else {
        sequences.remember();
      }
      Optional<SessionState> before =
          folder.tool().execution().sharesOneSession()
              ? Optional.of(SessionState.of(session::query, customSettings))
              : Optional.empty();
      return switch (migration.text()) {
        case MigrationText.Sql text -> ofSql(migration, text).mend(first, sequences, before);
        case MigrationText.Recorded text ->
            PythonRehearsal.mended(
                ofRecording(migration, text).mend(first, sequences, before),
                execution(migration),
                text);
        case MigrationText.Python _, MigrationText.Unreadable _ ->
            new MendedMigration(first.failures(), List.of(), List.of());
      };
    }

    private static boolean isQueried(Migration migration) {
      return migration.text() instanceof MigrationText.Sql text && text.queried().isPresent();
    }

    private FileRehearsal ofSql(Migration migration, MigrationText.Sql text) {
      Execution execution = execution(migration);
      return rehearsal(
          migration,
          new KnownText(text, known -> words(known, execution)),
          execution,
          Delivery.Ending.RECORDED);
    }

    private Script words(MigrationText.Sql text, Execution execution) {
      SourceText own = text.script().source();
      String words = transactions.textToSend(own.text());
      // A text with other words in it knows the file's places.
      SourceText source = words.equals(own.text()) ? own : own.with(words);
      return execution
          .parts()
          .map(starts -> Script.of(source, starts))
          .orElseGet(() -> text.script().resplit(source));
    }

    private FileRehearsal ofRecording(Migration migration, MigrationText.Recorded text) {
      return rehearsal(
          migration,
          new KnownText(text.script()),
          execution(migration),
          PythonRehearsal.ending(text));
    }

    private FileRehearsal rehearsal(
        Migration migration, KnownText text, Execution execution, Delivery.Ending ending) {
      customSettings.addAll(NamedSettings.custom(text.script().statements()));
      return new FileRehearsal(
          folder.tool().id(),
          new SentFile(session, transactions, database, text, evidence, execution, ending),
          evidence,
          migration,
          preconditions.failures(migration));
    }

    private Execution execution(Migration migration) {
      // In one transaction for all files nothing can be made before it.
      Optional<Ledger> recorded =
          ledger
              .filter(l -> l.creation().isEmpty() || transactions.areReal())
              .map(l -> l.with(transactions.ledgerKey()));
      Execution execution = folder.tool().execution(migration, recorded);
      return recorded
          .flatMap(Ledger::creation)
          .filter(_ -> firstSent.filter(migration::equals).isPresent())
          .map(query -> execution.recordedBy(execution.record().making(query)))
          .orElse(execution);
    }
  }

  private static RehearsedMigration unreadable(
      Migration migration, MigrationText.Unreadable unreadable) {
    return new RehearsedMigration(
        migration,
        RunMode.NOT_SENT,
        0,
        List.of(
            new Failure(
                Failure.Source.TOOL,
                ServerError.of("", unreadable.reason(), Optional.of("save the file as UTF-8")),
                new Place(unreadable.position(), unreadable.position(), Place.FoundBy.FILE),
                Optional.empty(),
                Evidence.NONE)),
        List.of(),
        List.of(),
        Optional.empty());
  }

  private static boolean endedByBackend(RehearsedMigration result) {
    return result.failures().stream().anyMatch(f -> f.source() == Failure.Source.BACKEND);
  }

  private static RehearsedMigration notRun(Migration migration, String reason) {
    return new RehearsedMigration(
        migration, RunMode.NOT_SENT, 0, List.of(), List.of(), List.of(), Optional.of(reason));
  }

  private Interruption timeLimit() {
    return Interruption.timeLimit(limits);
  }

  private static Interruption sessionRefused(SessionException refused) {
    return new Interruption(
        Interruption.Kind.SESSION_REFUSED,
        "the migration role could open no further session: " + refused.text(),
        "see whether a migration changes its password, its LOGIN or its CONNECTION LIMIT");
  }

  private static Interruption serverLost(RehearsedMigration result) {
    return serverLost(
        "while "
            + result.migration().file().path()
            + " ran: "
            + result.failures().getFirst().error().message());
  }

  private static Interruption serverLost(String what) {
    return new Interruption(
        Interruption.Kind.SERVER_LOST,
        "the server was lost: " + what,
        "look into the server's log, and run again");
  }
}
