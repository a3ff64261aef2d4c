package dev.confiture.preflight.cli;

import dev.confiture.preflight.Options;
import dev.confiture.preflight.Preflight;
import dev.confiture.preflight.migrations.Conventions;
import dev.confiture.preflight.problem.UsageProblem;
import dev.confiture.preflight.rehearsal.Stop;
import dev.confiture.preflight.report.JsonReport;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.report.TableReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code preflight [run]}: from the options to the exit code. */
@Command(
    name = "preflight",
    sortOptions = false,
    versionProvider = Version.class,
    description = "Rehearses pending migrations on production's real schema.",
    synopsisHeading = "Usage: ",
    customSynopsis = {
      "preflight [run] --schema-file FILE [--migrations-dir DIR] [--since VERSION] [options]",
      "       preflight [run] --against URL [options]"
    },
    descriptionHeading = "%n",
    optionListHeading = "%n",
    exitCodeListHeading = "%nExit codes:%n",
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
      "  prod.sql comes from: pg_dump --schema-only --file=prod.sql DATABASE"
    })
final class RunCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Map<String, String> environment;
  private final Stop stop;
  private Optional<ReportFile> reportFile = Optional.empty();

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

  @Override
  public Integer call() {
    reportFile = output.file.map(file -> ReportFile.prepare(file, read(file)));
    Options options = options();
    Report report = Preflight.run(options, terminal.progress(output.format), stop);
    terminal.clear();
    print(report);
    ExitCode code = ExitCode.of(report.verdict(), output.failOn);
    if (output.showExitCode) {
      terminal.print("\nexit code " + code.code() + "\n");
    }
    return code.code();
  }

  /** What the run reads, and a report in this file may overwrite. */
  private List<Path> read(Path report) {
    List<Path> read = new ArrayList<>();
    schema.file.ifPresent(read::add);
    migrations.appliedFrom.ifPresent(read::add);
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
    if (schema.file.isEmpty() && sandbox.against.isEmpty()) {
      throw new UsageProblem(
          "no schema to rehearse on",
          "give --schema-file FILE (from pg_dump --schema-only), or --against URL for a database"
              + " that is seeded already");
    }
    if (!Conventions.ids().contains(migrations.convention)) {
      throw new UsageProblem(
          "--convention " + migrations.convention + " is not known",
          "one of " + String.join(", ", Conventions.ids()));
    }
    return new Options(
        schema.file, sandbox.where(environment), migrations.which(), limits.limits(), environment);
  }

  private void print(Report report) {
    boolean json = output.format == Format.JSON;
    reportFile.ifPresent(
        file ->
            file.write(json ? JsonReport.write(report) : TableReport.write(report, Terminal.FILE)));
    if (json && reportFile.isEmpty()) {
      terminal.printJson(JsonReport.write(report));
    } else {
      terminal.print(TableReport.write(report, terminal.look(output.colour)));
    }
  }
}
