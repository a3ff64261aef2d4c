package dev.confiture.preflight.cli;

import dev.confiture.preflight.migrations.StaticCheck;
import dev.confiture.preflight.problem.Problem;
import dev.confiture.preflight.problem.UsageProblem;
import dev.confiture.preflight.report.JsonReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says why a rehearsal could not be done: on stderr, and as JSON where JSON was asked for. */
final class Complaints {

  private final Terminal terminal;
  private final Secrets secrets;
  private final boolean json;
  private final boolean stacktrace;

  Complaints(Terminal terminal, String[] arguments, Map<String, String> environment) {
    this.terminal = terminal;
    this.secrets = new Secrets(arguments, environment);
    this.json = wantsJson(arguments);
    this.stacktrace = Arrays.asList(arguments).contains("--stacktrace");
  }

  ExitCode usage(ParameterException bad) {
    String hint = "preflight --help lists the options";
    if (bad instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      hint = "did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?";
    }
    return complain(
        "usage", String.valueOf(bad.getMessage()), hint, Optional.empty(), Optional::empty);
  }

  /**
   * What ended the command.
   *
   * @param files what the migration files tell all the same
   */
  ExitCode failed(
      Throwable thrown, Optional<ReportFile> file, Supplier<Optional<StaticCheck>> files) {
    terminal.clear();
    if (stacktrace) {
      StringWriter trace = new StringWriter();
      thrown.printStackTrace(new PrintWriter(trace));
      terminal.complain(secrets.hide(trace.toString()).replace("\t", "        "));
    }
    if (thrown instanceof Problem problem) {
      return complain(problem.kind(), problem.text(), problem.hint().orElse(""), file, files);
    }
    return complain(
        "internal",
        "something unexpected happened: " + thrown,
        "please open an issue with this message, the output of --stacktrace, preflight "
            + Version.number()
            + " and Java "
            + Runtime.version(),
        file,
        files);
  }

  private ExitCode complain(
      String kind,
      String message,
      String hint,
      Optional<ReportFile> file,
      Supplier<Optional<StaticCheck>> files) {
    String shown = secrets.hide(message);
    if (json) {
      String error = JsonReport.writeError(kind, shown, secrets.hide(hint), files.get());
      terminal.printJson(error);
      file.ifPresent(report -> write(report, error));
    }
    terminal.complain("preflight: " + shown);
    if (!hint.isEmpty()) {
      terminal.complain("  hint: " + secrets.hide(hint));
    }
    return ExitCode.NOT_DONE;
  }

  /** The reason itself is not lost when there is no room for it. */
  private void write(ReportFile report, String error) {
    try {
      report.write(error);
    } catch (UsageProblem failed) {
      terminal.complain("preflight: " + failed.text());
    }
  }

  /** Known before the options are, since errors in them are to be JSON too. */
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
