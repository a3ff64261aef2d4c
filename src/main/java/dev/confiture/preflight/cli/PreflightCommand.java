package dev.confiture.preflight.cli;

import dev.confiture.preflight.action.Action;
import dev.confiture.preflight.findings.FailOn;
import dev.confiture.preflight.rehearsal.Stop;
import dev.confiture.preflight.sandbox.Isolation;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** The command line's entry point. */
public final class PreflightCommand {

  /** What the image's entrypoint says: the step of a workflow, whose options are inputs. */
  private static final String ACTION = "action";

  private static final Duration GRACE = Duration.ofSeconds(20);

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
    // The driver's own messages would be translated, and numbers written otherwise.
    Locale.setDefault(Locale.ROOT);
    PrintStream out = stream(FileDescriptor.out, "stdout.encoding", false);
    PrintStream err = stream(FileDescriptor.err, "stderr.encoding", true);
    Map<String, String> environment = System.getenv();
    Stop stop = new Stop();
    Signals signals;
    int code;
    if (arguments.length == 1 && arguments[0].equals(ACTION)) {
      Action action = new Action(environment, utf8(FileDescriptor.out), stop);
      signals = Signals.heed(stop, Action.GRACE, action::abandon);
      code = action.run();
    } else {
      signals = Signals.heed(stop, GRACE, () -> {});
      code =
          new PreflightCommand(Terminal.ofProcess(out, err, environment), environment, stop)
              .run(arguments);
    }
    out.flush();
    signals.done();
    System.exit(code);
  }

  /** What the runner reads, whatever the step's language. */
  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }

  private static PrintStream stream(FileDescriptor descriptor, String encoding, boolean flush) {
    Charset charset = Charset.forName(System.getProperty(encoding, "UTF-8"));
    return new PrintStream(new FileOutputStream(descriptor), flush, charset);
  }

  /** Runs the program and returns its exit code. */
  int run(String... arguments) {
    Complaints complaints = new Complaints(terminal, arguments, environment);
    RunCommand command = new RunCommand(terminal, environment, stop);
    try {
      CommandLine line = new CommandLine(command);
      line.registerConverter(Path.class, new Paths());
      line.registerConverter(Isolation.class, new Words<>(Isolation.class));
      line.registerConverter(Format.class, new Words<>(Format.class));
      line.registerConverter(FailOn.class, new Words<>(FailOn.class));
      line.registerConverter(Colour.class, new Words<>(Colour.class));
      // What a file held would reach the parser behind the back of what hides secrets.
      line.setExpandAtFiles(false);
      line.setUsageHelpWidth(100);
      line.getCommandSpec().usageMessage().exitCodeList(ExitCode.meanings());
      line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
      line.setOut(new PrintWriter(terminal.out(), true, terminal.out().charset()));
      line.setErr(new PrintWriter(terminal.err(), true, terminal.err().charset()));
      line.getCommandSpec().exitCodeOnExecutionException(ExitCode.NOT_DONE.code());
      line.setParameterExceptionHandler((bad, _) -> complaints.usage(bad).code());
      line.setExecutionExceptionHandler(
          (thrown, _, _) -> complaints.failed(thrown, command.reportFile(), command::files).code());
      return line.execute(arguments);
    } catch (Throwable error) {
      // An Error too ends with 2: 1 would say that migrations fail.
      return complaints.failed(error, command.reportFile(), Optional::empty).code();
    }
  }
}
