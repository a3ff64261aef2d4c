package dev.confiture.preflight.cli;

import dev.confiture.preflight.Options;
import dev.confiture.preflight.Preflight;
import dev.confiture.preflight.migrations.Conventions;
import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.problem.UsageProblem;
import dev.confiture.preflight.rehearsal.Limits;
import dev.confiture.preflight.rehearsal.Stop;
import dev.confiture.preflight.report.JsonReport;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.report.TableReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code preflight [run]}: the options, and from them to the exit code. */
@Command(
    name = "preflight",
    sortOptions = false,
    separator = " ",
    versionProvider = Version.class,
    description = "Rehearses pending migrations on production's real schema.",
    synopsisHeading = "Usage: ",
    customSynopsis = {
      "preflight [run] --schema-file FILE [--migrations-dir DIR] [--since VERSION] [options]",
      "       preflight [run] --against URL [options]"
    },
    descriptionHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  preflight --schema-file prod.sql --since 0142",
      "      restores the dump into a throwaway PostgreSQL and rehearses 0142 and later",
      "  preflight --schema-file prod.sql --applied-from applied.txt --format json",
      "  preflight --schema-file prod.sql --against postgresql://postgres@localhost:5432/postgres",
      "      the same on a server of yours, in a database of its own",
      "  preflight --against postgresql://app@localhost:5432/staging",
      "      rehearses on a clone of a database that is seeded already",
      "",
      "  prod.sql comes from: pg_dump --schema-only --file=prod.sql DATABASE",
      "",
      "Exit codes:",
      "  0  all pending migrations pass",
      "  1  failures found (see --fail-on)",
      "  2  connection, configuration or usage error: the rehearsal could not be done"
    })
final class RunCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Map<String, String> environment;
  private final Stop stop;

  @Parameters(index = "0", arity = "0..1", hidden = true)
  String verb = "run";

  @ArgGroup(validate = false, heading = "Schema and sandbox:%n", order = 1)
  Where where = new Where();

  @ArgGroup(validate = false, heading = "%nMigrations:%n", order = 2)
  Which which = new Which();

  @ArgGroup(validate = false, heading = "%nLimits (us, ms, s, min, h, d; 0 for none):%n", order = 3)
  Times times = new Times();

  @ArgGroup(validate = false, heading = "%nOutput:%n", order = 4)
  Output output = new Output();

  RunCommand(Terminal terminal, Map<String, String> environment, Stop stop) {
    this.terminal = terminal;
    this.environment = environment;
    this.stop = stop;
  }

  static final class Where {
    @Option(
        names = "--schema-file",
        paramLabel = "FILE",
        description = "the schema to seed from: a plain pg_dump, or any SQL script")
    Optional<Path> schemaFile = Optional.empty();

    @Option(
        names = {"--against", "--sandbox"},
        paramLabel = "URL",
        converter = ConnectionStrings.class,
        description = "the PostgreSQL to rehearse on; without it, a throwaway one is started")
    Optional<ConnectionString> against = Optional.empty();

    @Option(
        names = "--isolation",
        paramLabel = "KIND",
        description = "auto or clone: migrate a throwaway database (default: ${DEFAULT-VALUE})")
    String isolation = "auto";

    @Option(
        names = "--run-as",
        paramLabel = "ROLE",
        description =
            "the role that migrates; without it, the owner of the tracking table or of most tables")
    Optional<String> runAs = Optional.empty();

    @Option(
        names = "--postgres-bin",
        paramLabel = "DIR",
        description = "the folder with the server programs for the throwaway PostgreSQL")
    Optional<Path> binaries = Optional.empty();
  }

  static final class Which {
    @Option(
        names = "--migrations-dir",
        paramLabel = "DIR",
        description = "the folder with the migration files (default: ${DEFAULT-VALUE})")
    Path migrationsDir = Path.of("db/migrations");

    @Option(
        names = "--convention",
        paramLabel = "NAME",
        description = "auto, confiture or plain: how the team's tool runs them (default: auto)")
    String convention = Conventions.AUTO;

    @Option(
        names = "--since",
        paramLabel = "VERSION",
        description = "rehearse this version and later ones")
    Optional<String> since = Optional.empty();

    @Option(
        names = "--applied-from",
        paramLabel = "FILE",
        description = "a file with the applied versions, one a line")
    Optional<Path> appliedFrom = Optional.empty();
  }

  static final class Times {
    @Option(
        names = "--statement-timeout",
        paramLabel = "TIME",
        converter = Durations.class,
        description = "for one statement (default: 60s)")
    Duration statement = Duration.ofSeconds(60);

    @Option(
        names = "--lock-timeout",
        paramLabel = "TIME",
        converter = Durations.class,
        description = "for waiting on one lock (default: 5s)")
    Duration lock = Duration.ofSeconds(5);

    @Option(
        names = "--time-limit",
        paramLabel = "TIME",
        converter = Durations.class,
        description = "for the whole rehearsal (default: 10min)")
    Duration total = Duration.ofMinutes(10);
  }

  static final class Output {
    @Option(
        names = {"-f", "--format"},
        paramLabel = "FORMAT",
        description = "table or json (default: ${DEFAULT-VALUE})")
    Format format = Format.TABLE;

    @Option(
        names = {"-o", "--output"},
        paramLabel = "FILE",
        description = "write the report there in --format; stdout then gets the table")
    Optional<Path> file = Optional.empty();

    @Option(
        names = "--fail-on",
        paramLabel = "VERDICT",
        description = "failed, unverified or never: when to end with 1 (default: ${DEFAULT-VALUE})")
    FailOn failOn = FailOn.UNVERIFIED;

    @Option(
        names = "--color",
        paramLabel = "WHEN",
        description = "auto, always or never (default: ${DEFAULT-VALUE})")
    Colour colour = Colour.AUTO;

    @Option(names = "--stacktrace", description = "show where in the program an error arose")
    boolean stacktrace;

    @Option(names = "--show-exit-code", hidden = true)
    boolean showExitCode;

    @Option(
        names = {"-V", "--version"},
        versionHelp = true,
        description = "print the version")
    boolean version;

    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "print this help")
    boolean help;
  }

  @Override
  public Integer call() {
    Options options = options();
    output.file.ifPresent(RunCommand::mustBeWritable);
    Report report = Preflight.run(options, terminal.progress(), stop);
    terminal.clear();
    print(report);
    ExitCode code = ExitCode.of(report.verdict(), output.failOn);
    if (output.showExitCode) {
      terminal.out().println("\nexit code " + code.code());
      terminal.out().flush();
    }
    return code.code();
  }

  private Options options() {
    if (!verb.equals("run")) {
      throw new UsageProblem(
          "there is no command " + verb, "the only one is run: preflight --help");
    }
    if (where.schemaFile.isEmpty() && where.against.isEmpty()) {
      throw new UsageProblem(
          "no schema to rehearse on",
          "give --schema-file FILE (from pg_dump --schema-only), or --against URL for a database"
              + " that is seeded already");
    }
    if (!where.isolation.equals("auto") && !where.isolation.equals("clone")) {
      throw new UsageProblem(
          "--isolation " + where.isolation + " is not known", "one of auto, clone");
    }
    if (!Conventions.ids().contains(which.convention)) {
      throw new UsageProblem(
          "--convention " + which.convention + " is not known",
          "one of " + String.join(", ", Conventions.ids()));
    }
    return new Options(
        where.schemaFile,
        where.against,
        which.migrationsDir,
        which.convention,
        which.since,
        which.appliedFrom,
        where.runAs,
        where.binaries,
        new Limits(times.statement, times.lock, times.total),
        environment);
  }

  private void print(Report report) {
    boolean json = output.format == Format.JSON;
    if (output.file.isPresent()) {
      String text =
          json ? JsonReport.write(report) : TableReport.write(report, Terminal.plainFile());
      write(output.file.get(), text);
      json = false;
    }
    terminal
        .out()
        .print(
            json
                ? JsonReport.write(report)
                : TableReport.write(report, terminal.look(output.colour)));
    terminal.out().flush();
  }

  /** Found out before the rehearsal, not after it. */
  private static void mustBeWritable(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    boolean writable =
        Files.exists(file)
            ? Files.isWritable(file) && !Files.isDirectory(file)
            : folder != null && Files.isWritable(folder);
    if (!writable) {
      throw new UsageProblem(
          "the report cannot be written to " + file, "name another file with --output");
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException failed) {
      throw new UsageProblem(
          "the report cannot be written to " + file, "name another file with --output", failed);
    }
  }
}
