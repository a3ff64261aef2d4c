package dev.confiture.preflight.cli;

import dev.confiture.preflight.cli.RunCommand.ReportFile;
import dev.confiture.preflight.migrations.StaticCheck;
import dev.confiture.preflight.problem.Problem;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.report.JsonReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints why a rehearsal could not be done: on stderr, and as JSON where JSON was asked for. */
final class ErrorReporter {

  private final Terminal terminal;
  private final Redactor redactor;
  private final boolean json;
  private final boolean stacktrace;

  ErrorReporter(Terminal terminal, String[] arguments, Map<String, String> environment) {
    this.terminal = terminal;
    this.redactor = new Redactor(arguments, environment);
    this.json = wantsJson(arguments);
    this.stacktrace = Arrays.asList(arguments).contains("--stacktrace");
  }

  /** Prints that the arguments make no sense to picocli. */
  ExitCode usage(ParameterException bad) {
    String hint = "preflight --help lists the options";
    if (bad instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      hint = "did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?";
    }
    return print(
        "usage",
        Usage.withFirstNames(String.valueOf(bad.getMessage())),
        hint,
        Optional.empty(),
        Optional::empty);
  }

  /**
   * Prints the problem or the fault that ended the command.
   *
   * @param files gives what the migration files tell all the same
   */
  ExitCode failed(
      Throwable thrown, Optional<ReportFile> file, Supplier<Optional<StaticCheck>> files) {
    terminal.clear();
    if (stacktrace) {
      StringWriter trace = new StringWriter();
      thrown.printStackTrace(new PrintWriter(trace));
      terminal.complain(redactor.hide(trace.toString()).replace("\t", "        "));
    }
    if (thrown instanceof Problem problem) {
      return print(problem.kind(), problem.text(), problem.hint().orElse(""), file, files);
    }
    return print(
        "internal",
        "something unexpected happened: " + thrown,
        "please open an issue with this message, the output of --stacktrace, preflight "
            + Usage.version()
            + " and Java "
            + Runtime.version(),
        file,
        files);
  }

  private ExitCode print(
      String kind,
      String message,
      String hint,
      Optional<ReportFile> file,
      Supplier<Optional<StaticCheck>> files) {
    String shown = redactor.hide(message);
    if (json) {
      String error = JsonReport.writeError(kind, shown, redactor.hide(hint), files.get());
      terminal.printJson(error);
      file.ifPresent(report -> write(report, error));
    }
    terminal.complain("preflight: " + shown);
    if (!hint.isEmpty()) {
      terminal.complain("  hint: " + redactor.hide(hint));
    }
    return ExitCode.NOT_DONE;
  }

  /** Writes the report file; the reason itself is not lost when there is no room for it. */
  private void write(ReportFile report, String error) {
    try {
      report.write(error);
    } catch (UsageProblem failed) {
      terminal.complain("preflight: " + failed.text());
    }
  }

  /** Looks for the format before the options are parsed: errors in them are to be JSON too. */
  private static boolean wantsJson(String[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      String next = i + 1 < arguments.length ? arguments[i + 1] : "";
      boolean named = argument.equals("-f") || argument.equals("--format");
      if ((named && next.equalsIgnoreCase("json"))
          || argument.equalsIgnoreCase("--format=json")
          || argument.equalsIgnoreCase("-fjson")
          || argument.equalsIgnoreCase("-f=json")) {
        return true;
      }
    }
    return false;
  }
}
