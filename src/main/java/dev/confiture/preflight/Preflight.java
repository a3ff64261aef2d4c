package dev.confiture.preflight;

import dev.confiture.preflight.findings.Judge;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.Pending;
import dev.confiture.preflight.migrations.StaticCheck;
import dev.confiture.preflight.migrations.tools.Tools;
import dev.confiture.preflight.problem.Problem;
import dev.confiture.preflight.problem.SandboxProblem;
import dev.confiture.preflight.rehearsal.PythonFiles;
import dev.confiture.preflight.rehearsal.Rehearsal;
import dev.confiture.preflight.rehearsal.RehearsalResult;
import dev.confiture.preflight.rehearsal.Stop;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.sandbox.MigratedDatabase;
import dev.confiture.preflight.sandbox.Sandbox;
import dev.confiture.preflight.seed.Seeded;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import dev.confiture.preflight.source.SchemaText;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A rehearsal from end to end: take the schema, find the pending migrations, seed a sandbox, run
 * them there, judge, report.
 *
 * <p>The only class that knows the order of the stages. From Java:
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

  private final Options options;
  private final Progress progress;
  private final Stop stop;

  private Preflight(Options options, Progress progress, Stop stop) {
    this.options = options;
    this.progress = progress;
    this.stop = stop;
  }

  /**
   * Checks the migration files alone: without a database, and whatever is pending.
   *
   * @throws dev.confiture.preflight.problem.Problem if there are none
   */
  public static StaticCheck check(Options options) {
    return StaticCheck.of(folder(options), Optional.empty());
  }

  private static MigrationFolder folder(Options options) {
    return Tools.read(options.which().folder(), options.which().convention());
  }

  /**
   * Rehearses, with nobody watching.
   *
   * @throws dev.confiture.preflight.problem.Problem if it could not be done at all
   */
  public static Report rehearse(Options options) {
    return run(options, Progress.NONE, new Stop());
  }

  /**
   * Rehearses.
   *
   * @param stop asked from another thread, ends the rehearsal early
   * @throws dev.confiture.preflight.problem.Problem if it could not be done at all
   */
  public static Report run(Options options, Progress progress, Stop stop) {
    return new Preflight(options, progress, stop).run();
  }

  private Report run() {
    Reporting reporting = new Reporting(options, System.nanoTime());
    MigrationFolder folder = folder(options);
    Pending pending = Stages.ask(options, folder, progress);
    Optional<Pending.Chosen> nothing = pending.named().filter(Pending.Chosen::isEmpty);
    if (nothing.isPresent()) {
      return reporting.nothingPending(folder, nothing.get());
    }
    try (Incoming schema = orEnded(() -> Incoming.open(options, progress, stop))) {
      return rehearse(schema, folder, orEnded(() -> schema.tracked(pending)), reporting);
    }
  }

  private Report rehearse(
      Incoming schema, MigrationFolder folder, Pending pending, Reporting reporting) {
    Optional<Pending.Chosen> nothing = pending.named().filter(Pending.Chosen::isEmpty);
    if (nothing.isPresent()) {
      schema.tell(reporting);
      return reporting.nothingPending(folder, nothing.get());
    }
    Sandbox opened =
        orEnded(
            () -> {
              schema.start();
              options.where().against().ifPresent(it -> schema.refuseAsSandbox(it, false));
              progress.step("starting the sandbox");
              return Stages.open(options, schema, progress, stop);
            });
    try {
      Report report = rehearse(opened, folder, pending, schema, reporting);
      // Known only when everything was undone that could be.
      return report.withRemains(opened.remains());
    } catch (SessionException refused) {
      throw Stages.withRemains(unlessEnded(Stages.refused(opened, refused)), opened);
    } catch (Problem problem) {
      throw Stages.withRemains(unlessEnded(problem), opened);
    }
  }

  private <T> T orEnded(Supplier<T> stage) {
    try {
      return stage.get();
    } catch (Problem problem) {
      throw unlessEnded(problem);
    }
  }

  /** A signal also ends the server, and what is then refused is not the problem. */
  private Problem unlessEnded(Problem problem) {
    return stop.requested()
        .<Problem>map(
            reason ->
                new SandboxProblem(
                    reason.message() + " before its first migration", reason.hint(), problem))
        .orElse(problem);
  }

  private Report rehearse(
      Sandbox opened,
      MigrationFolder folder,
      Pending pending,
      Incoming incoming,
      Reporting reporting) {
    try (Sandbox sandbox = opened) {
      options.where().against().ifPresent(against -> incoming.refuseAsSandbox(against, true));
      Optional<SchemaText> schema = incoming.await();
      incoming.tell(reporting);
      Optional<Seeded> seeded =
          schema.map(
              text ->
                  Stages.seed(
                      text,
                      incoming::dependentsOf,
                      options.where().isolation(),
                      sandbox,
                      progress));
      seeded.ifPresent(
          restored -> reporting.seeded(schema.orElseThrow(), restored, sandbox.version()));
      progress.step("preparing the database");
      MigratedDatabase database = Stages.database(options, pending, sandbox);
      Report report = rehearse(database, folder, pending, sandbox, reporting);
      // What became of the database is known when it is closed.
      return report.withAftermath(database.aftermath());
    }
  }

  private Report rehearse(
      MigratedDatabase opened,
      MigrationFolder folder,
      Pending pending,
      Sandbox sandbox,
      Reporting reporting) {
    try (MigratedDatabase database = opened;
        Session control = database.openControl()) {
      Pending.Chosen chosen = pending.choose(control);
      if (chosen.isEmpty()) {
        return reporting.nothingPending(folder, chosen);
      }
      RehearsalResult result =
          new Rehearsal(
                  database,
                  folder,
                  chosen.ledger(),
                  options.where().allowNonTransactional(),
                  new PythonFiles(options.environment(), options.which().python()),
                  options.limits(),
                  stop,
                  file -> progress.step("rehearsing " + file.title()))
              .run(chosen.pending().migrations());
      return reporting.rehearsed(
          sandbox,
          database,
          folder,
          chosen,
          result,
          Judge.judge(
              result.migrations(),
              reporting.gaps(),
              Stages.searchPath(database, folder),
              Stages.savepointLimits(database, folder, sandbox.version()),
              folder.tool().helpers()));
    }
  }
}
