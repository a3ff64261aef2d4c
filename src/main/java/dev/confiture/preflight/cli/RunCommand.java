package dev.confiture.preflight.cli;

import dev.confiture.preflight.Option;
import dev.confiture.preflight.Options;
import dev.confiture.preflight.Preflight;
import dev.confiture.preflight.Progress;
import dev.confiture.preflight.action.OnRunner;
import dev.confiture.preflight.migrations.StaticCheck;
import dev.confiture.preflight.problem.Problem;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.rehearsal.Stop;
import dev.confiture.preflight.report.JsonReport;
import dev.confiture.preflight.report.Look;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.report.TableReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code preflight [run]}: rehearses, or checks the files alone, and prints the report. */
final class RunCommand {

  private final Arguments arguments;
  private final Terminal terminal;
  private final Stop stop;
  private Optional<ReportFile> reportFile = Optional.empty();
  private Optional<Options> options = Optional.empty();

  RunCommand(Arguments arguments, Terminal terminal, Stop stop) {
    this.arguments = arguments;
    this.terminal = terminal;
    this.stop = stop;
  }

  /** Returns the file that waits for a report, once it has been emptied. */
  Optional<ReportFile> reportFile() {
    return reportFile;
  }

  /** Checks the files of a rehearsal that could not be done. */
  Optional<StaticCheck> files() {
    try {
      return options.map(Preflight::check);
    } catch (Problem filesAreTheProblem) {
      return Optional.empty();
    }
  }

  ExitCode run() {
    reportFile = arguments.find(Option.OUTPUT).map(file -> ReportFile.prepare(file, inputs(file)));
    Options asked = arguments.options();
    options = Optional.of(asked);
    ExitCode code = arguments.hasSchema() ? rehearse(asked) : check(asked);
    if (arguments.showsExitCode()) {
      terminal.print("\nexit code " + code.code() + "\n");
    }
    return code;
  }

  private ExitCode rehearse(Options asked) {
    // The file of the report is written before the run cleans up, and once more after it.
    Progress progress =
        terminal
            .progress(arguments.get(Option.FORMAT))
            .giving(
                found ->
                    write(() -> JsonReport.write(found), look -> TableReport.write(found, look)));
    Optional<OnRunner> runner = terminal.onRunner();
    runner.ifPresent(OnRunner::begin);
    Report report = Preflight.run(asked, progress, stop);
    terminal.clear();
    runner.ifPresent(step -> step.show(report, asked));
    print(() -> JsonReport.write(report), look -> TableReport.write(report, look));
    return ExitCode.of(report.verdict(), arguments.get(Option.FAIL_ON));
  }

  private ExitCode check(Options asked) {
    StaticCheck check = Preflight.check(asked);
    print(() -> JsonReport.write(check), look -> TableReport.write(check, look));
    return ExitCode.of(check, arguments.get(Option.FAIL_ON));
  }

  /** Returns the files that the run reads, and that a report in this file may overwrite. */
  private List<Path> inputs(Path report) {
    List<Path> inputs = new ArrayList<>();
    arguments.find(Option.SCHEMA_FILE).ifPresent(inputs::add);
    arguments.find(Option.APPLIED_FROM).ifPresent(inputs::add);
    arguments.configuration().ifPresent(inputs::add);
    if (report.toString().endsWith(".sql")) {
      inputs.add(arguments.folder().resolve(report.getFileName()));
    }
    return inputs;
  }

  private void write(Supplier<String> json, Function<Look, String> table) {
    reportFile.ifPresent(file -> file.write(isJson() ? json.get() : table.apply(Look.PLAIN)));
  }

  private boolean isJson() {
    return arguments.get(Option.FORMAT) == Option.Format.JSON;
  }

  private void print(Supplier<String> json, Function<Look, String> table) {
    write(json, table);
    if (isJson() && reportFile.isEmpty()) {
      terminal.printJson(json.get());
    } else {
      terminal.print(table.apply(terminal.look(arguments.get(Option.COLOR))));
    }
  }

  /**
   * The file that the report is written to.
   *
   * <p>It is emptied before the rehearsal: a report of an earlier run must not be taken for this
   * one's, and that it cannot be written is found out early.
   */
  static final class ReportFile {

    private final Path file;

    private ReportFile(Path file) {
      this.file = file;
    }

    /**
     * Empties the file, or creates it.
     *
     * @param read the files that the run reads, which must not be overwritten
     */
    static ReportFile prepare(Path file, List<Path> read) {
      try {
        for (Path each : read) {
          if (Files.exists(file) && Files.exists(each) && Files.isSameFile(file, each)) {
            throw new UsageProblem(
                "the report would overwrite " + file, "name another file with --output");
          }
        }
        Files.write(file, new byte[0]);
      } catch (IOException failed) {
        throw notWritable(file, failed);
      }
      return new ReportFile(file);
    }

    void write(String text) {
      try {
        Files.writeString(file, text);
      } catch (IOException failed) {
        throw notWritable(file, failed);
      }
    }

    private static UsageProblem notWritable(Path file, IOException failed) {
      return new UsageProblem(
          "the report cannot be written to " + file, "name another file with --output", failed);
    }
  }
}
