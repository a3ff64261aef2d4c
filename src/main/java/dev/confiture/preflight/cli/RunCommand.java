package dev.confiture.preflight.cli;

import dev.confiture.preflight.Options;
import dev.confiture.preflight.Preflight;
import dev.confiture.preflight.migrations.StaticCheck;
import dev.confiture.preflight.migrations.tools.Tools;
import dev.confiture.preflight.problem.Problem;
import dev.confiture.preflight.problem.UsageProblem;
import dev.confiture.preflight.rehearsal.Stop;
import dev.confiture.preflight.report.JsonReport;
import dev.confiture.preflight.report.Look;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.report.TableReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code preflight [run]}: from the options to the exit code. */
@Command(
    name = "preflight",
    sortOptions = false,
    versionProvider = Version.class,
    description = {
      "Rehearses pending migrations on production's real schema.",
      "Without --source, --schema-file and --against it checks what the migration files alone tell."
    },
    synopsisHeading = "Usage: ",
    customSynopsis = {
      "preflight [run] --source URL [--against URL] [--migrations-dir DIR] [options]",
      "       preflight [run] --schema-file FILE [--migrations-dir DIR] [--since VERSION] [options]",
      "       preflight [run] --against URL [options]",
      "       preflight [run] [--migrations-dir DIR] [--format FORMAT]"
    },
    descriptionHeading = "%n",
    optionListHeading = "%n",
    exitCodeListHeading = "%nExit codes:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  preflight --source postgresql://preflight@db.example.com/orders",
      "      rehearses what production's tracking table does not hold on a copy of its schema",
      "  preflight --schema-file prod.sql --since 0142",
      "      restores the dump into a throwaway PostgreSQL and rehearses 0142 and later",
      "  preflight --schema-file prod.sql --applied-from applied.txt --format json",
      "  preflight --schema-file prod.sql --against postgresql://postgres@localhost:5432/postgres",
      "      the same on a server of yours, in a database of its own",
      "  preflight --against postgresql://app@localhost:5432/staging",
      "      rehearses on a clone of a database that is seeded already",
      "  preflight --format json",
      "      checks the files alone: down files, doubled versions, what refuses a transaction",
      "",
      "  prod.sql comes from: pg_dump --schema-only --file=prod.sql DATABASE"
    })
final class RunCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Map<String, String> environment;
  private final Stop stop;
  private Optional<ReportFile> reportFile = Optional.empty();
  private Optional<Options> options = Optional.empty();

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", arity = "0..1", hidden = true)
  String verb = "run";

  @ArgGroup(validate = false, heading = "Schema:%n", order = 1)
  SchemaOptions schema = new SchemaOptions();

  @ArgGroup(validate = false, heading = "%nSandbox:%n", order = 2)
  SandboxOptions sandbox = new SandboxOptions();

  @ArgGroup(validate = false, heading = "%nMigrations:%n", order = 3)
  MigrationOptions migrations = new MigrationOptions();

  @ArgGroup(validate = false, heading = "%nLimits (us, ms, s, min, h, d; 0 for none):%n", order = 4)
  LimitOptions limits = new LimitOptions();

  @ArgGroup(validate = false, heading = "%nOutput:%n", order = 5)
  OutputOptions output = new OutputOptions();

  RunCommand(Terminal terminal, Map<String, String> environment, Stop stop) {
    this.terminal = terminal;
    this.environment = environment;
    this.stop = stop;
  }

  /** The file that waits for a report, once it has been emptied. */
  Optional<ReportFile> reportFile() {
    return reportFile;
  }

  /** What the files tell, for a rehearsal that could not be done. */
  Optional<StaticCheck> files() {
    try {
      return options.map(Preflight::check);
    } catch (Problem filesAreTheProblem) {
      return Optional.empty();
    }
  }

  @Override
  public Integer call() {
    reportFile = output.file.map(file -> ReportFile.prepare(file, read(file)));
    Options asked = options();
    options = Optional.of(asked);
    ExitCode code = hasSchema() ? rehearse(asked) : check(asked);
    if (output.showExitCode) {
      terminal.print("\nexit code " + code.code() + "\n");
    }
    return code.code();
  }

  private boolean hasSchema() {
    return schema.isGiven() || sandbox.against.isPresent();
  }

  private ExitCode rehearse(Options asked) {
    Report report = Preflight.run(asked, terminal.progress(output.format), stop);
    terminal.clear();
    print(() -> JsonReport.write(report), look -> TableReport.write(report, look));
    return ExitCode.of(report.verdict(), output.failOn);
  }

  private ExitCode check(Options asked) {
    StaticCheck check = Preflight.check(asked);
    print(() -> JsonReport.write(check), look -> TableReport.write(check, look));
    return ExitCode.of(check, output.failOn);
  }

  /** What the run reads, and a report in this file may overwrite. */
  private List<Path> read(Path report) {
    List<Path> read = new ArrayList<>();
    schema.file.ifPresent(read::add);
    migrations.appliedFrom.ifPresent(read::add);
    migrations.configuration().ifPresent(read::add);
    if (report.toString().endsWith(".sql")) {
      read.add(migrations.folder.resolve(report.getFileName()));
    }
    return read;
  }

  private Options options() {
    if (!verb.equals("run")) {
      throw new UsageProblem(
          "there is no command " + verb, "the only one is run: preflight --help");
    }
    schema.check(spec.commandLine().getParseResult());
    if (!hasSchema()) {
      RehearsalOnly.refuseIn(spec.commandLine().getParseResult());
    }
    if (!Tools.ids().contains(migrations.convention)) {
      throw new UsageProblem(
          "--convention " + migrations.convention + " is not known",
          "one of " + String.join(", ", Tools.ids()));
    }
    return new Options(
        schema.origin(environment, limits.source),
        sandbox.where(environment),
        migrations.which(),
        limits.limits(),
        environment);
  }

  private void print(Supplier<String> json, Function<Look, String> table) {
    boolean asJson = output.format == Format.JSON;
    reportFile.ifPresent(file -> file.write(asJson ? json.get() : table.apply(Terminal.FILE)));
    if (asJson && reportFile.isEmpty()) {
      terminal.printJson(json.get());
    } else {
      terminal.print(table.apply(terminal.look(output.colour)));
    }
  }
}
