package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.Ledger;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.sandbox.MigratedDatabase;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The pending migrations, one after the other, in the clone.
 *
 * <p>A failed migration never ends it; a lost server, the time limit or a signal does, and then the
 * rest is reported as not run.
 */
public final class Rehearsal {

  private final MigratedDatabase database;
  private final MigrationFolder folder;
  private final Optional<Ledger> ledger;
  private final boolean allowNonTransactional;
  private final PythonFiles python;
  private final Limits limits;
  private final Stop stop;
  private final Consumer<MigrationFile> progress;

  /**
   * Prepares a run.
   *
   * @param ledger the table in which the tool records, where the clone has it
   * @param allowNonTransactional whether the transaction of savepoint isolation may be given up for
   *     a file that cannot run in one
   * @param python what Python files are executed with
   * @param progress told of each file before it runs
   */
  public Rehearsal(
      MigratedDatabase database,
      MigrationFolder folder,
      Optional<Ledger> ledger,
      boolean allowNonTransactional,
      PythonFiles python,
      Limits limits,
      Stop stop,
      Consumer<MigrationFile> progress) {
    this.database = database;
    this.folder = folder;
    this.ledger = ledger;
    this.allowNonTransactional = allowNonTransactional;
    this.python = python;
    this.limits = limits;
    this.stop = stop;
    this.progress = progress;
  }

  /** Runs the files in order. */
  public RehearsalResult run(List<Migration> pending) {
    List<RehearsedMigration> results = new ArrayList<>();
    boolean consumed = false;
    try (Watchdog watchdog = new Watchdog(database);
        Session control = database.openControl();
        MigratingSession session = new MigratingSession(database, watchdog, limits, stop);
        Transactions transactions = transactions(session, control)) {
      CatalogEvidence evidence = new CatalogEvidence(transactions);
      Preconditions preconditions = new Preconditions(session, transactions, evidence, pending);
      stop.onRequest(session::interrupt);
      if (!limits.total().isZero()) {
        watchdog.after(limits.total(), () -> stop.request(timeLimit()));
      }
      for (Migration migration : pending) {
        if (stop.requested().isPresent()) {
          break;
        }
        progress.accept(migration.file());
        transactions.nextFile(!folder.tool().execution().sharesOneSession() && !results.isEmpty());
        RehearsedMigration result =
            rehearse(migration, session, transactions, evidence, preconditions);
        consumed = transactions.consumed();
        if (stop.requested().isPresent()) {
          break;
        }
        results.add(result);
        if (endedByBackend(result) && !ServerCheck.answers(database)) {
          results.removeLast();
          stop.request(serverLost(result));
        }
      }
    } catch (SessionException lost) {
      stop.request(ServerCheck.answers(database) ? sessionRefused(lost) : serverLost(lost.text()));
    } finally {
      // The session that it would end is closed.
      stop.onRequest(() -> {});
    }
    Optional<Interruption> interruption = stop.requested();
    for (Migration migration : pending.subList(results.size(), pending.size())) {
      results.add(notRun(migration, interruption.map(Interruption::message).orElse("")));
    }
    return new RehearsalResult(results, consumed, interruption);
  }

  private Transactions transactions(MigratingSession session, Session control) {
    CommittedTransactions committed =
        new CommittedTransactions(session, control, folder.tool().execution());
    return switch (database.isolation()) {
      case AUTO, CLONE -> committed;
      case SAVEPOINT ->
          new SavepointTransactions(
              session,
              committed,
              folder.tool().execution().sharesOneSession(),
              allowNonTransactional,
              ledger.flatMap(l -> l.numberedColumn(control)));
    };
  }

  private RehearsedMigration rehearse(
      Migration migration,
      MigratingSession session,
      Transactions transactions,
      CatalogEvidence evidence,
      Preconditions preconditions) {
    return switch (migration.text()) {
      case MigrationText.Sql text -> {
        Tool tool = folder.tool();
        Execution execution = tool.execution(migration, ledger(transactions));
        Outgoing outgoing =
            Outgoing.of(transactions.textToSend(text.script().source().text()), database);
        database.mayMake(outgoing.roles());
        yield new FileRehearsal(
                session,
                transactions,
                tool.id(),
                execution,
                evidence,
                migration,
                outgoing,
                migration.refusals(),
                preconditions.failures(migration),
                switch (execution.send()) {
                  case Execution.Send.WholeText _ ->
                      new WholeFileDelivery(session, transactions, outgoing, execution.record());
                  case Execution.Send.Parts(List<Integer> starts) ->
                      CallDelivery.of(
                          session,
                          transactions,
                          outgoing,
                          outgoing.parts(starts, database),
                          execution);
                  case Execution.Send.Statements _ ->
                      new StatementDelivery(session, transactions, outgoing);
                })
            .run();
      }
      case MigrationText.Python text -> {
        Optional<String> skipped = python.skipped();
        if (skipped.isPresent()) {
          yield notRun(migration, skipped.get());
        }
        yield rehearse(
            python.execute(
                migration, text.recorder(), limits.statement(), () -> stop.requested().isPresent()),
            session,
            transactions,
            evidence,
            preconditions);
      }
      case MigrationText.Recorded text ->
          new PythonRehearsal(session, transactions, folder.tool(), evidence, database)
              .run(migration, text, preconditions.failures(migration), ledger(transactions));
      case MigrationText.Unreadable unreadable ->
          new RehearsedMigration(
              migration,
              RunMode.NOT_SENT,
              0,
              List.of(
                  new Failure(
                      Failure.Source.TOOL,
                      ServerError.of(
                          "", unreadable.reason(), Optional.of("save the file as UTF-8")),
                      new Place(unreadable.position(), unreadable.position(), Place.FoundBy.FILE),
                      Optional.empty(),
                      Evidence.NONE)),
              List.of(),
              List.of(),
              Optional.empty());
    };
  }

  private Optional<Ledger> ledger(Transactions transactions) {
    return ledger.map(l -> l.with(transactions.ledgerKey()));
  }

  private static boolean endedByBackend(RehearsedMigration result) {
    return result.failures().stream().anyMatch(f -> f.source() == Failure.Source.BACKEND);
  }

  private static RehearsedMigration notRun(Migration migration, String reason) {
    return new RehearsedMigration(
        migration, RunMode.NOT_SENT, 0, List.of(), List.of(), List.of(), Optional.of(reason));
  }

  private Interruption timeLimit() {
    return new Interruption(
        Interruption.Kind.TIME_LIMIT,
        "the time limit of " + limits.total().toSeconds() + " s was reached",
        "raise --time-limit, or rehearse fewer migrations with --since");
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
