package dev.confiture.preflight;

import dev.confiture.preflight.migrations.LedgerOfCode;
import dev.confiture.preflight.migrations.LedgerSearch;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.Pending;
import dev.confiture.preflight.migrations.StaticCheck;
import dev.confiture.preflight.migrations.tools.Tools;
import dev.confiture.preflight.postgres.SearchPath;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.problem.Problem;
import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.problem.Words;
import dev.confiture.preflight.recording.CodeProject;
import dev.confiture.preflight.recording.CommandRecorder;
import dev.confiture.preflight.recording.CommandRecorder.Recording;
import dev.confiture.preflight.recording.TeamCommand;
import dev.confiture.preflight.rehearsal.Interruption;
import dev.confiture.preflight.rehearsal.MendedRun;
import dev.confiture.preflight.rehearsal.PythonFiles;
import dev.confiture.preflight.rehearsal.Rehearsal;
import dev.confiture.preflight.rehearsal.RehearsalResult;
import dev.confiture.preflight.rehearsal.Stop;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.report.ReportBuilder;
import dev.confiture.preflight.sandbox.Cleanup;
import dev.confiture.preflight.sandbox.Isolation;
import dev.confiture.preflight.sandbox.MigratedDatabase;
import dev.confiture.preflight.sandbox.RoleChoice;
import dev.confiture.preflight.sandbox.Sandbox;
import dev.confiture.preflight.sandbox.ServerBinaries;
import dev.confiture.preflight.sandbox.Waiting;
import dev.confiture.preflight.seed.Seeder;
import dev.confiture.preflight.seed.Seeder.RestoredSchema;
import dev.confiture.preflight.seed.ToldRoles;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import dev.confiture.preflight.source.LiveDump;
import dev.confiture.preflight.source.Production;
import dev.confiture.preflight.source.SchemaSource;
import dev.confiture.preflight.source.SchemaText;
import dev.confiture.preflight.verdict.Judge;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.SavepointLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * A rehearsal from end to end: take production's schema, find the pending migrations, seed a
 * sandbox, run them there, judge, report.
 *
 * <p>{@link #steps} is the list of the steps, and the only place that knows their order. From Java:
 *
 * {@snippet lang=java :
 * Report report =
 *     Preflight.rehearse(
 *         Options.of(Path.of("db/migrations"))
 *             .withSchemaFile(Path.of("prod.sql"))
 *             .withSince("0142"));
 * for (JudgedMigration migration : report.failures()) {
 *   System.err.println(migration.rehearsed().migration().file().path());
 * }
 * if (!report.allPassed()) {
 *   System.err.println(report.againstUrl() + ": " + report.verdict().word());
 * }
 * }
 */
public final class Preflight {

  private static final int MOST_NAMED = 8;
  private static final Duration TO_CLOSE = Duration.ofSeconds(7);
  private static final Duration TO_CLOSE_ENDED = Duration.ofSeconds(4);
  private static final Duration TO_CLOSE_ANEW = Duration.ofSeconds(3);
  private static final String SEARCH_PATH = "search_path=";

  private final Options options;
  private final Progress progress;
  private final Stop stop;
  private final Optional<Supplier<Sandbox>> running;
  private final ReportBuilder report;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final long start = System.nanoTime();
  private volatile Optional<Sandbox> sandboxInUse = Optional.empty();
  private Optional<SchemaSource> openedSource = Optional.empty();
  private List<String> unfinished = List.of();
  private volatile boolean rehearsing;
  private final List<MigratedDatabase> databases = new ArrayList<>();
  private ToldRoles told = ToldRoles.NONE;

  private Preflight(
      Options options, Progress progress, Stop stop, Optional<Supplier<Sandbox>> running) {
    this.options = options;
    this.progress = progress;
    this.stop = stop;
    this.running = running;
    this.report = new ReportBuilder(options.where().server().against(), options.withoutEffect());
  }

  /**
   * Checks the migration files alone: without a database, and whatever is pending.
   *
   * @throws dev.confiture.preflight.problem.Problem if there are none
   */
  public static StaticCheck check(Options options) {
    return StaticCheck.of(listMigrations(options, () -> LedgerSearch.NONE), Optional.empty());
  }

  /**
   * Rehearses without showing the steps.
   *
   * @throws dev.confiture.preflight.problem.Problem if it could not be done at all
   */
  public static Report rehearse(Options options) {
    return run(options, Progress.NONE, new Stop());
  }

  /**
   * Rehearses.
   *
   * @param progress told of each step
   * @param stop asked from another thread, ends the rehearsal early
   * @throws dev.confiture.preflight.problem.Problem if it could not be done at all
   */
  public static Report run(Options options, Progress progress, Stop stop) {
    return new Preflight(options, progress, stop, Optional.empty()).run();
  }

  /**
   * Rehearses on an embedded server that is up already.
   *
   * @param running gives it; the run closes it
   */
  static Report run(Options options, Supplier<Sandbox> running) {
    return run(options, Progress.NONE, running);
  }

  /** Does the same, and shows the steps. */
  static Report run(Options options, Progress progress, Supplier<Sandbox> running) {
    return new Preflight(options, progress, new Stop(), Optional.of(running)).run();
  }

  /** Takes the steps, in order; each is a method below, in the same order. */
  private Report steps() {
    refuseContradictions();
    MigrationFolder folder =
        options
            .command()
            .map(command -> CodeProject.read(options.which().folder(), command.framework()))
            .orElseGet(() -> listMigrations(options, this::ledgers));
    Pending pending = askWhatIsPending(folder);
    if (isNothing(pending)) {
      return reportNothingPending(folder, pending);
    }
    SchemaSource source = openSource();
    pending = askProductionsLedger(source, pending);
    if (isNothing(pending)) {
      report.source(source);
      return reportNothingPending(folder, pending);
    }
    beginToTakeTheSchema(source);
    Sandbox sandbox;
    MigratedDatabase database;
    Pending.Chosen chosen;
    try (Stop.Listening _ = stop.onRequest(endsWaiting())) {
      sandbox = startSandbox(source);
      restoreSchema(source, sandbox);
      database = prepareDatabase(sandbox, pending);
      chosen = pending.choose(database.control());
      report.notes(pending.notes(database.control()));
      if (options.command().isEmpty()) {
        report.notes(LedgerOfCode.notes(database.control(), Tools.ledgersOfCode()));
      }
    }
    if (chosen.isEmpty()) {
      return report.nothingPending(folder, chosen);
    }
    Optional<Recording> recording = Optional.empty();
    if (options.command().isPresent()) {
      recording = Optional.of(record(options.command().get(), folder, chosen, database));
      report.notes(recording.get().notes());
      folder = recording.get().folder();
      chosen = chosen.as(recording.get().pending());
      database = prepareDatabase(sandbox, pending);
    }
    Rehearsal rehearsal = rehearsal(folder, chosen);
    rehearsing = true;
    RehearsalResult result =
        asTheCommandEnded(recording, rehearsal.run(database, chosen.pending().migrations()));
    MendedRun mended = rehearseWithoutWhatFailed(rehearsal, result, sandbox, pending);
    List<JudgedMigration> judged = judge(result, mended, database, folder, sandbox);
    return report.rehearsed(sandbox, database, folder, chosen, rehearsal.ended(result), judged);
  }

  /** Returns an action by which this thread waits no longer for a server that does not answer. */
  private Runnable endsWaiting() {
    Thread waiting = Thread.currentThread();
    return () -> {
      // In this order: whoever is woken cleans up, for which it must know that the session is cut.
      sandboxInUse.ifPresent(Sandbox::abort);
      waiting.interrupt();
    };
  }

  private void refuseContradictions() {
    Options.Server server = options.where().server();
    boolean superuser = options.where().role().superuser();
    if (superuser && server.against().isPresent() && !server.disposable()) {
      throw new UsageProblem(
          "--run-as-superuser on the server of --against: as a superuser a migration can change all"
              + " of that server, and run programs there",
          "add --sandbox-disposable if that server is thrown away afterwards, or leave out"
              + " --against for the embedded one");
    }
  }

  /**
   * Reads the folder.
   *
   * @param ledgers asked where the folder alone does not tell its tool
   */
  private static MigrationFolder listMigrations(Options options, Supplier<LedgerSearch> ledgers) {
    Options.Which which = options.which();
    return Tools.read(which.folder(), which.tool(), which.told(), ledgers);
  }

  /** Returns what tells the ledgers: the schema or, where the sandbox is seeded already, that. */
  private LedgerSearch ledgers() {
    return options.schema().isPresent()
        ? openSource().ledgers()
        : options.where().server().against().map(LedgerSearch::in).orElse(LedgerSearch.NONE);
  }

  /** Asks what the user names: a version, a list, or a configured database. */
  private Pending askWhatIsPending(MigrationFolder folder) {
    Options.Which which = options.which();
    return Pending.ask(
        new Pending.Request(
            which.since(),
            which.appliedFrom(),
            which.config(),
            which.orEverything(),
            options.schema().isPresent(),
            options.schema().filter(SchemaOrigin.Empty.class::isInstance).isPresent()),
        folder,
        file -> Tools.configuredLedger(file, options.environment()),
        progress::step);
  }

  private static boolean isNothing(Pending pending) {
    return pending.named().filter(Pending.Chosen::isEmpty).isPresent();
  }

  private Report reportNothingPending(MigrationFolder folder, Pending pending) {
    return report.nothingPending(folder, pending.named().orElseThrow());
  }

  /** Reads the schema file, or connects to production, once. */
  private SchemaSource openSource() {
    if (openedSource.isEmpty()) {
      openedSource =
          Optional.of(
              open(
                  options
                      .schema()
                      .map(
                          origin ->
                              switch (origin) {
                                case SchemaOrigin.Empty _ -> SchemaSource.empty();
                                case SchemaOrigin.DumpFile(Path file) -> SchemaSource.ofFile(file);
                                case SchemaOrigin.Production production ->
                                    LiveDump.connect(
                                        request(production), progress::step, this::isEnded);
                              })
                      .orElseGet(SchemaSource::none)));
    }
    return openedSource.get();
  }

  private Production.Request request(SchemaOrigin.Production production) {
    return new Production.Request(
        production.url(),
        production.timeout(),
        production.excludeSchemas(),
        production.dataTables(),
        options.where().server().binaries(),
        options.environment());
  }

  private static Pending askProductionsLedger(SchemaSource source, Pending pending) {
    return source.askProduction("reading the ledger", pending::in).orElse(pending);
  }

  private void beginToTakeTheSchema(SchemaSource source) {
    source.start();
    options.where().server().against().ifPresent(url -> source.refuseAsSandbox(url, false));
  }

  /** Starts the embedded server, or connects to the external one. */
  private Sandbox startSandbox(SchemaSource source) {
    progress.step("starting the sandbox");
    Options.Server where = options.where().server();
    if (!source.hasSchema() && where.against().isEmpty()) {
      throw new UsageProblem(
          "no schema to rehearse on: neither a schema file nor a server is named",
          "name one of them: on an empty database, what alters production's tables can only fail");
    }
    Waiting waiting =
        new Waiting(
            where.startLimit(),
            silence(),
            why -> progress.step("waiting for the sandbox to start: " + why),
            this::isEnded);
    Sandbox sandbox =
        where
            .against()
            .map(url -> Sandbox.connect(url, waiting))
            .or(() -> running.map(Supplier::get))
            .orElseGet(
                () -> {
                  ServerBinaries programs =
                      ServerBinaries.find(
                          where.binaries(), source.serverMajor(), options.environment());
                  return options.command().isPresent()
                      ? Sandbox.startLogged(programs, options.environment())
                      : Sandbox.start(programs, options.environment());
                });
    sandboxInUse = Optional.of(open(sandbox));
    where.against().ifPresent(url -> source.refuseAsSandbox(url, true));
    return sandbox;
  }

  /** Returns the longest wait for an answer: past it, whoever watches the time limit has failed. */
  private Duration silence() {
    Duration total = options.limits().total();
    return total.isZero() ? Duration.ZERO : total.plus(TO_CLOSE);
  }

  /** Restores the schema, once it is there; a sandbox that is seeded already is left as it is. */
  private void restoreSchema(SchemaSource source, Sandbox sandbox) {
    Optional<SchemaText> schema = source.await();
    report.source(source);
    schema.ifPresent(
        text -> {
          report.seeded(text, seed(text, source, sandbox), sandbox.version());
          told =
              ToldRoles.of(
                  text.script(),
                  Seeder.givesCreateRole(sandbox.restoresAsSuperuser(), sandbox.version()));
        });
  }

  private RestoredSchema seed(SchemaText schema, SchemaSource source, Sandbox sandbox) {
    progress.step("restoring " + schema.origin());
    sandbox.mayMake(Seeder.roles(schema));
    // A dump leaves search_path and more behind: its session ends with the restore.
    try (Session session =
            sandbox.openTemplate(
                options.where().isolation(), schema.database(), schema.undumped());
        Stop.Listening _ = stop.onRequest(session::abort)) {
      for (String extension : Seeder.missingExtensions(schema, session)) {
        progress.step(
            sandbox.description()
                + " does not have the extension "
                + extension
                + ": what needs it is left out"
                + few(source.dependentsOf(extension)));
      }
      Optional<Session> ordinary = sandbox.openRestorer();
      try (Closing _ = () -> ordinary.ifPresent(Session::close);
          Stop.Listening _ = stop.onRequest(() -> ordinary.ifPresent(Session::abort))) {
        return Seeder.restore(
            schema,
            session,
            sandbox.restoresAsSuperuser(),
            ordinary,
            sandbox.mark(),
            (done, total) ->
                progress.step(
                    "restoring " + schema.origin() + ", statement " + done + " of " + total));
      }
    } catch (SessionException lost) {
      throw new SandboxProblem(
          "restoring " + schema.origin() + " on " + sandbox.description() + ": " + lost.text(),
          "look into the server's log",
          lost);
    }
  }

  private static String few(List<String> names) {
    return names.isEmpty() ? "" : ": " + Words.few(names, MOST_NAMED);
  }

  /** Clones the seeded template, or under savepoint isolation takes the database itself. */
  private MigratedDatabase prepareDatabase(Sandbox sandbox, Pending pending) {
    progress.step("preparing the database");
    Map<String, String> settings =
        Map.of(
            "statement_timeout", Long.toString(options.limits().statement().toMillis()),
            "lock_timeout", Long.toString(options.limits().lock().toMillis()),
            // The driver keeps every notice until the statement ends.
            "client_min_messages", "warning");
    Options.Role role = options.where().role();
    MigratedDatabase database =
        sandbox.prepare(
            options.where().isolation(),
            new RoleChoice(
                role.name(), role.superuser(), role.settings(), pending.ledger(), told::of),
            settings);
    databases.add(open(database));
    return database;
  }

  /** Runs the team's command on the clone until each pending migration is seen. */
  private Recording record(
      TeamCommand command,
      MigrationFolder folder,
      Pending.Chosen chosen,
      MigratedDatabase database) {
    progress.step("running " + String.join(" ", command.words()));
    Deque<Stop.Listening> listening = new ArrayDeque<>();
    try {
      return CommandRecorder.record(
          command,
          folder,
          chosen.pending().migrations(),
          database,
          new CommandRecorder.Surroundings(
              options.environment(),
              secretsOfTheSource(),
              this::timeLeft,
              this::isEnded,
              progress::output,
              running -> {
                listening.forEach(Stop.Listening::close);
                listening.clear();
                listening.push(stop.onRequest(running::interrupt));
              }));
    } finally {
      listening.forEach(Stop.Listening::close);
      database.close();
    }
  }

  /** Returns what a variable of the command's must not hold: production's address and password. */
  private List<String> secretsOfTheSource() {
    List<String> secrets = new ArrayList<>();
    if (options.schema().orElse(new SchemaOrigin.Empty())
        instanceof SchemaOrigin.Production production) {
      secrets.addAll(production.url().secrets());
      production.url().hosts().forEach(host -> secrets.add(host.host()));
    }
    secrets.removeIf(String::isEmpty);
    return secrets;
  }

  private Duration timeLeft() {
    Duration total = options.limits().total();
    Duration spent = Duration.ofNanos(System.nanoTime() - start);
    return total.isZero()
        ? Duration.ZERO
        : spent.compareTo(total) < 0 ? total.minus(spent) : Duration.ofMillis(1);
  }

  /** Holds what was sent again against what the command itself has shown. */
  private static RehearsalResult asTheCommandEnded(
      Optional<Recording> recording, RehearsalResult sentAgain) {
    if (recording.isEmpty()) {
      return sentAgain;
    }
    RehearsalResult result = sentAgain.passing(recording.get().passed());
    Optional<MigrationFile> failed = recording.get().failed();
    return failed.isEmpty() || result.failed()
        ? result
        : result.failedAt(
            failed.get(),
            "the command ends with an error in this migration, and what it sent passes when it is"
                + " sent again");
  }

  private Rehearsal rehearsal(MigrationFolder folder, Pending.Chosen chosen) {
    return new Rehearsal(
        folder,
        chosen.ledger(),
        options.where().allowNonTransactional(),
        new PythonFiles(options.environment(), options.which().python()),
        options.limits(),
        Duration.ofNanos(System.nanoTime() - start),
        stop,
        file -> progress.step("rehearsing " + file.title()));
  }

  /** Runs the files once more on a fresh database: where one failed, and time is left. */
  private MendedRun rehearseWithoutWhatFailed(
      Rehearsal rehearsal, RehearsalResult result, Sandbox sandbox, Pending pending) {
    if (!result.failed()) {
      return MendedRun.none("no migration failed");
    }
    Optional<String> impossible = rehearsal.notAgain(result);
    if (impossible.isPresent()) {
      report.judgedByOneRun(impossible.get());
      return MendedRun.none(impossible.get());
    }
    databases.forEach(MigratedDatabase::close);
    MendedRun mended = mend(rehearsal, result, sandbox, pending);
    mended.cutShort().ifPresent(report::judgedByOneRun);
    report.rehearsedAgain(result.migrations(), mended);
    return mended;
  }

  /** Runs the files again; what the first run has found is not lost where that cannot be done. */
  private MendedRun mend(
      Rehearsal rehearsal, RehearsalResult result, Sandbox sandbox, Pending pending) {
    rehearsing = false;
    MigratedDatabase again;
    try (Stop.Listening _ = stop.onRequest(endsWaiting())) {
      again = prepareDatabase(sandbox, pending);
    } catch (SandboxProblem refused) {
      return MendedRun.none("no second database could be made (" + refused.text() + ")");
    } finally {
      rehearsing = true;
    }
    return rehearsal.mend(again, result);
  }

  private List<JudgedMigration> judge(
      RehearsalResult result,
      MendedRun mended,
      MigratedDatabase database,
      MigrationFolder folder,
      Sandbox sandbox) {
    // Savepoints cannot judge everything; a clone really commits.
    Optional<SavepointLimits> savepointLimits =
        database.isolation() == Isolation.SAVEPOINT
            ? Optional.of(
                new SavepointLimits(folder.tool().execution().scope(), sandbox.version().major()))
            : Optional.empty();
    boolean live = options.schema().filter(SchemaOrigin.Production.class::isInstance).isPresent();
    return Judge.judge(
        result.migrations(),
        mended,
        report.gaps(),
        searchPath(database, folder),
        savepointLimits,
        folder.tool().helpers(),
        new Judge.Known(database.isNamedAsInProduction(), live || told.holdsEveryRole(), live));
  }

  /** Returns the path on which the migrations' sessions look for a name without a schema. */
  private static SearchPath searchPath(MigratedDatabase database, MigrationFolder folder) {
    SearchPath path = SearchPath.ofRole(database.role().name());
    for (String setting : database.appliedSettings()) {
      if (setting.startsWith(SEARCH_PATH)) {
        path = path.with(SearchPath.list(setting.substring(SEARCH_PATH.length())));
      }
    }
    return folder.tool().execution().sharesOneSession()
        ? path.with(List.of(SearchPath.TEMPORARY))
        : path;
  }

  /** Runs the steps, closes what they opened, and adds what is known only then. */
  private Report run() {
    Closing all = this::closeInTime;
    // Ends first: what is closed has a time of its own.
    Closing limit = watchLimit()::interrupt;
    try {
      Report done;
      try (all;
          limit) {
        done = steps();
        progress.found(done.beforeCleanup());
      }
      return sandboxInUse.map(sandbox -> closed(done, sandbox)).orElse(done);
    } catch (SessionException refused) {
      throw withRemains(unlessEnded(questionRefused(refused)));
    } catch (Problem problem) {
      throw withRemains(unlessEnded(problem));
    }
  }

  private List<String> remains(Sandbox sandbox) {
    List<String> remains = new ArrayList<>(unfinished);
    // What hangs holds what it would tell.
    if (unfinished.isEmpty()) {
      remains.addAll(sandbox.remains());
    }
    return remains;
  }

  private Report closed(Report done, Sandbox sandbox) {
    Report closed = done.closed(cleanup(), remains(sandbox));
    return !unfinished.isEmpty() || sandbox.changes().isEmpty() ? closed : closed.onChangedServer();
  }

  /** Returns what became of the database: a change is told, whichever of the runs made it. */
  private Optional<Cleanup> cleanup() {
    Optional<Cleanup> known = Optional.empty();
    for (MigratedDatabase database : databases) {
      Cleanup one = database.cleanup();
      if (one instanceof Cleanup.Changed) {
        return Optional.of(one);
      }
      known = known.filter(Cleanup.Unverified.class::isInstance).or(() -> Optional.of(one));
    }
    return known;
  }

  private <T extends AutoCloseable> T open(T resource) {
    opened.push(resource);
    return resource;
  }

  private interface Closing extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Asks for the end at the time limit. While migrations run they have the same limit themselves,
   * and tell what was found until then.
   */
  private Thread watchLimit() {
    Duration total = options.limits().total();
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                if (!total.isZero()) {
                  Thread.sleep(total);
                  if (!rehearsing) {
                    stop.request(Interruption.timeLimit(options.limits()));
                  }
                }
              } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /**
   * Closes what was opened, in 10 s, or 7 where the run was ended: a server that does not answer is
   * connected to anew in the last 3 of them, and then left to itself.
   */
  private void closeInTime() {
    FutureTask<Boolean> closing =
        new FutureTask<>(
            () -> {
              closeAll();
              return true;
            });
    Thread thread = Thread.ofVirtual().name("preflight-closing").start(closing);
    Duration time = isEnded() ? TO_CLOSE_ENDED : TO_CLOSE;
    boolean interrupted = Thread.interrupted() && !isEnded();
    try {
      if (!thread.join(time)) {
        unfinished =
            List.of("cleaning up did not end within " + time.toSeconds() + " s, and was given up");
        sandboxInUse.ifPresent(Sandbox::abort);
        thread.join(TO_CLOSE_ANEW);
      }
      if (closing.state() == Future.State.FAILED) {
        throw closing.exceptionNow() instanceof RuntimeException known
            ? known
            : new IllegalStateException("cleaning up", closing.exceptionNow());
      }
    } catch (InterruptedException stopped) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes what was opened, the last first, whatever one of them throws. */
  private void closeAll() {
    if (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (RuntimeException failed) {
        throw failed;
      } catch (Exception checked) {
        throw new IllegalStateException("closing throws no checked exception", checked);
      } finally {
        closeAll();
      }
    }
  }

  private boolean isEnded() {
    return stop.requested().isPresent();
  }

  /** Returns the problem of a question of the engine's own that the server refused. */
  private Problem questionRefused(SessionException refused) {
    Sandbox sandbox = sandboxInUse.orElseThrow(() -> refused);
    return new SandboxProblem(
        "asking " + sandbox.description() + ": " + refused.text(),
        refused.is(SqlState.INSUFFICIENT_PRIVILEGE)
            ? "let the user of the URL read it; what is applied can be named with --since or"
                + " --applied-from"
            : "look into the server's log",
        refused);
  }

  /**
   * Returns the signal as the problem: it also ends the server, and what is then refused is not.
   */
  private Problem unlessEnded(Problem problem) {
    return stop.requested()
        .<Problem>map(
            reason ->
                new SandboxProblem(
                    reason.message() + " before its first migration", reason.hint(), problem))
        .orElse(problem);
  }

  /** Adds what could not be undone on the server. */
  private Problem withRemains(Problem problem) {
    List<String> remains = sandboxInUse.map(this::remains).orElse(List.of());
    return remains.isEmpty()
        ? problem
        : problem.adding(
            "\n  left on the server: " + String.join("\n  left on the server: ", remains));
  }
}
