package dev.confiture.preflight.cli;

import dev.confiture.preflight.action.Action;
import dev.confiture.preflight.rehearsal.Stop;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The entry point of the program: the command line, or a step of a workflow. */
public final class PreflightCommand {

  /** The argument of the image's entrypoint: a step of a workflow, whose options are inputs. */
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

  /** Returns a stream as the runner reads it, whatever the step's language. */
  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }

  private static PrintStream stream(FileDescriptor descriptor, String encoding, boolean flush) {
    Charset charset = Charset.forName(System.getProperty(encoding, "UTF-8"));
    return new PrintStream(new FileOutputStream(descriptor), flush, charset);
  }

  /** Runs the program and returns its exit code. */
  int run(String... words) {
    ErrorReporter errors = new ErrorReporter(terminal, words, environment);
    try {
      CommandLine line = Usage.commandLine(terminal.out(), terminal.err());
      ParseResult parsed = line.parseArgs(words);
      if (parsed.isUsageHelpRequested()) {
        line.usage(line.getOut());
        return ExitCode.PASSED.code();
      }
      if (parsed.isVersionHelpRequested()) {
        line.printVersionHelp(line.getOut());
        return ExitCode.PASSED.code();
      }
      return run(new RunCommand(new Arguments(parsed, environment), terminal, stop), errors).code();
    } catch (ParameterException bad) {
      return errors.usage(bad).code();
    } catch (Throwable error) {
      return errors.failed(error, Optional.empty(), Optional::empty).code();
    }
  }

  private static ExitCode run(RunCommand command, ErrorReporter errors) {
    try {
      return command.run();
    } catch (Exception thrown) {
      return errors.failed(thrown, command.reportFile(), command::files);
    } catch (Throwable error) {
      // An Error too ends with 2: 1 would say that migrations fail.
      return errors.failed(error, command.reportFile(), Optional::empty);
    }
  }
}
