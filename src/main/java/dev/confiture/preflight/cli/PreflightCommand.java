package dev.confiture.preflight.cli;

import dev.confiture.preflight.problem.Problem;
import dev.confiture.preflight.rehearsal.Interruption;
import dev.confiture.preflight.rehearsal.Stop;
import dev.confiture.preflight.report.JsonReport;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line's entry point. */
public final class PreflightCommand {

  private final Terminal terminal;
  private final Map<String, String> environment;
  private final Stop stop;

  PreflightCommand(Terminal terminal, Map<String, String> environment, Stop stop) {
    this.terminal = terminal;
    this.environment = environment;
    this.stop = stop;
  }

  /** Runs the program and ends the process. */
  public static void main(String[] arguments) {
    Charset charset = Charset.forName(System.getProperty("stdout.encoding", "UTF-8"));
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, charset);
    PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, charset);
    Map<String, String> environment = System.getenv();
    Stop stop = new Stop();
    CountDownLatch done = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> onSignal(stop, done), "preflight-signal"));
    int code =
        new PreflightCommand(new Terminal(out, err, environment), environment, stop).run(arguments);
    out.flush();
    done.countDown();
    System.exit(code);
  }

  /** At SIGINT and SIGTERM: ends the rehearsal, and waits until what is known is reported. */
  private static void onSignal(Stop stop, CountDownLatch done) {
    if (done.getCount() == 0) {
      return;
    }
    stop.request(
        new Interruption(Interruption.Kind.SIGNAL, "a signal ended the rehearsal", "run it again"));
    try {
      if (done.await(20, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(ExitCode.NOT_DONE.code());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs the program and returns its exit code. */
  int run(String... arguments) {
    boolean json = wantsJson(arguments);
    boolean stacktrace = Arrays.asList(arguments).contains("--stacktrace");
    CommandLine line = new CommandLine(new RunCommand(terminal, environment, stop));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpWidth(100);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    line.setOut(new PrintWriter(terminal.out(), true, terminal.out().charset()));
    line.setErr(new PrintWriter(terminal.err(), true, terminal.err().charset()));
    line.setParameterExceptionHandler((bad, _) -> usage(bad, json));
    line.setExecutionExceptionHandler((thrown, _, _) -> failed(thrown, json, stacktrace));
    return line.execute(arguments);
  }

  private int usage(ParameterException bad, boolean json) {
    String message = String.valueOf(bad.getMessage());
    String hint = "preflight --help lists the options";
    if (bad instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      hint = "did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?";
    }
    return report("usage", message, hint, json);
  }

  private int failed(Exception thrown, boolean json, boolean stacktrace) {
    terminal.clear();
    if (stacktrace) {
      thrown.printStackTrace(terminal.err());
    }
    if (thrown instanceof Problem problem) {
      return report(problem.kind(), problem.text(), problem.hint().orElse(""), json);
    }
    return report(
        "internal",
        "something unexpected happened: " + thrown,
        "please open an issue with this message, the output of --stacktrace, preflight "
            + Version.number()
            + " and Java "
            + Runtime.version(),
        json);
  }

  private int report(String kind, String message, String hint, boolean json) {
    if (json) {
      terminal.out().print(JsonReport.writeError(kind, message, hint));
      terminal.out().flush();
    }
    terminal.err().println("preflight: " + message);
    if (!hint.isEmpty()) {
      terminal.err().println("  hint: " + hint);
    }
    return ExitCode.NOT_DONE.code();
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
