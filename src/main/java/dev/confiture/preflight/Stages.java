package dev.confiture.preflight;

import dev.confiture.preflight.findings.SavepointLimits;
import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.Pending;
import dev.confiture.preflight.migrations.tools.Tools;
import dev.confiture.preflight.postgres.SearchPath;
import dev.confiture.preflight.postgres.ServerVersion;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.problem.Problem;
import dev.confiture.preflight.problem.SandboxProblem;
import dev.confiture.preflight.problem.UsageProblem;
import dev.confiture.preflight.rehearsal.Stop;
import dev.confiture.preflight.sandbox.EmbeddedServer;
import dev.confiture.preflight.sandbox.GivenServer;
import dev.confiture.preflight.sandbox.Isolation;
import dev.confiture.preflight.sandbox.MigratedDatabase;
import dev.confiture.preflight.sandbox.RoleChoice;
import dev.confiture.preflight.sandbox.Sandbox;
import dev.confiture.preflight.sandbox.ServerBinaries;
import dev.confiture.preflight.sandbox.Waiting;
import dev.confiture.preflight.seed.MissingExtensions;
import dev.confiture.preflight.seed.Seeded;
import dev.confiture.preflight.seed.Seeder;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import dev.confiture.preflight.source.SchemaText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** From the options to what the single stages want. */
final class Stages {

  private static final int MOST_NAMED = 8;
  private static final String SEARCH_PATH = "search_path=";

  private Stages() {}

  /** Asks which migrations are pending, as far as that does not need the sandbox. */
  static Pending ask(Options options, MigrationFolder folder, Progress progress) {
    Options.Which which = options.which();
    return Pending.ask(
        new Pending.Request(
            which.since(),
            which.appliedFrom(),
            which.config(),
            which.orEverything(),
            options.schema().isPresent()),
        folder,
        file -> Tools.configuredLedger(file, options.environment()),
        progress::step);
  }

  static Sandbox open(Options options, Incoming schema, Progress progress, Stop stop) {
    if (!schema.comes() && options.where().against().isEmpty()) {
      throw new UsageProblem(
          "no schema to rehearse on: neither a schema file nor a server is named",
          "name one of them: on an empty database, what alters production's tables can only fail");
    }
    return options
        .where()
        .against()
        .<Sandbox>map(url -> GivenServer.connect(url, waiting(options, progress, stop)))
        .orElseGet(
            () ->
                EmbeddedServer.start(
                    ServerBinaries.find(
                        options.where().binaries(), schema.serverMajor(), options.environment())));
  }

  private static Waiting waiting(Options options, Progress progress, Stop stop) {
    return new Waiting(
        options.where().startLimit(),
        why -> progress.step("waiting for the sandbox to start: " + why),
        () -> stop.requested().isPresent());
  }

  /** Restores the schema; what the server lacks for it is said before. */
  static Seeded seed(
      SchemaText schema,
      Function<String, List<String>> dependents,
      Isolation isolation,
      Sandbox sandbox,
      Progress progress) {
    progress.step("restoring " + schema.origin());
    sandbox.mayMake(Seeder.roles(schema));
    // A dump leaves search_path and more behind: its session ends with the restore.
    try (Session session = sandbox.openTemplate(isolation)) {
      for (String extension : MissingExtensions.of(schema.script(), session)) {
        progress.step(
            sandbox.description()
                + " does not have the extension "
                + extension
                + ": what needs it is left out"
                + few(dependents.apply(extension)));
      }
      return Seeder.restore(
          schema,
          session,
          sandbox.restoresAsSuperuser(),
          (done, total) ->
              progress.step(
                  "restoring " + schema.origin() + ", statement " + done + " of " + total));
    } catch (SessionException lost) {
      throw new SandboxProblem(
          "restoring " + schema.origin() + " on " + sandbox.description() + ": " + lost.text(),
          "look into the server's log",
          lost);
    }
  }

  private static String few(List<String> names) {
    return (names.isEmpty() ? "" : ": ")
        + String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())))
        + (names.size() > MOST_NAMED ? " and " + (names.size() - MOST_NAMED) + " more" : "");
  }

  /** A question of the engine's own that the server refused. */
  static Problem refused(Sandbox sandbox, SessionException refused) {
    return new SandboxProblem(
        "asking " + sandbox.description() + ": " + refused.text(),
        refused.is(SqlState.INSUFFICIENT_PRIVILEGE)
            ? "let the user of the URL read it; what is applied can be named with --since or"
                + " --applied-from"
            : "look into the server's log",
        refused);
  }

  /** Also says what could not be undone. */
  static Problem withRemains(Problem problem, Sandbox sandbox) {
    List<String> remains = sandbox.remains();
    return remains.isEmpty()
        ? problem
        : problem.adding(
            "\n  left on the server: " + String.join("\n  left on the server: ", remains));
  }

  static MigratedDatabase database(Options options, Pending pending, Sandbox sandbox) {
    return sandbox.prepare(
        options.where().isolation(),
        new RoleChoice(options.where().runAs(), pending.ledger()),
        settings(options));
  }

  /** What savepoint isolation cannot judge; empty where everything is really committed. */
  static Optional<SavepointLimits> savepointLimits(
      MigratedDatabase database, MigrationFolder folder, ServerVersion version) {
    return database.isolation() == Isolation.SAVEPOINT
        ? Optional.of(
            new SavepointLimits(
                folder.tool().execution().scope() == Execution.Scope.FILE_IN_SAVEPOINT,
                version.major()))
        : Optional.empty();
  }

  /** Where the migrations' sessions look for a name without a schema, as far as settings tell. */
  static SearchPath searchPath(MigratedDatabase database, MigrationFolder folder) {
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

  /** The limits as the server's own settings, in milliseconds, and no chatter. */
  private static Map<String, String> settings(Options options) {
    return Map.of(
        "statement_timeout", Long.toString(options.limits().statement().toMillis()),
        "lock_timeout", Long.toString(options.limits().lock().toMillis()),
        // The driver keeps every notice until the statement ends.
        "client_min_messages", "warning");
  }
}
