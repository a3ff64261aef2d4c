package dev.confiture.preflight.sandbox;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.process.AtExit;
import dev.confiture.preflight.process.Programs;
import dev.confiture.preflight.process.PythonProgram;
import dev.confiture.preflight.process.PythonProgram.PythonRun;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * python3, started as the server's user of the operating system, with an empty environment.
 *
 * <p>A Python migration is untrusted code: it can write no file, start no process and use no more
 * than its share of time and memory ({@code boot.py}). What it prints goes nowhere.
 */
public final class Python {

  /** The program that is looked for, for people. */
  public static final String DESCRIPTION = "python3, 3.8 or newer, that the sandbox's user may run";

  private static final String NAME = "python3";

  /** Before 3.8 a call that spans lines has the number of its last (What's New in Python 3.8). */
  private static final String IS_NEW_ENOUGH = "import sys; sys.exit(sys.version_info < (3, 8))";

  /** Apart from packages that are installed, nothing of the system's or the user's decides. */
  private static final List<String> OPTIONS = List.of("-I", "-B", "-X", "utf8", "-c");

  private static final Duration PROBE_LIMIT = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final long MOST_REPORTED = 64L << 20;

  private final List<String> command;

  private Python(List<String> command) {
    this.command = List.copyOf(command);
  }

  /**
   * Finds the first python3 of a PATH, or else of the system, that the server's user can run.
   *
   * @param environment the process's environment
   */
  public static Optional<Python> find(Map<String, String> environment) {
    List<String> prefix;
    try {
      prefix = OsUser.ofRun().prefix();
    } catch (SandboxProblem noOtherUser) {
      return Optional.empty();
    }
    for (Path program : Programs.all(NAME, environment)) {
      List<String> command = new ArrayList<>(prefix);
      command.add(program.toString());
      command.addAll(OPTIONS);
      if (new Python(command).isNewEnough()) {
        return Optional.of(new Python(command));
      }
    }
    return Optional.empty();
  }

  private boolean isNewEnough() {
    try {
      Process probe = start(IS_NEW_ENOUGH);
      probe.getOutputStream().close();
      if (!probe.waitFor(PROBE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        Programs.killGroup(probe);
        return false;
      }
      return probe.exitValue() == 0;
    } catch (IOException refused) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Runs a program in the working directory.
   *
   * @param limit how long it may take
   * @param stopped asked now and then whether it is to be ended
   */
  public PythonRun run(PythonProgram program, Duration limit, BooleanSupplier stopped) {
    String token = Credentials.hex(16);
    Process process;
    try {
      process = start(ServerProcess.resource("boot.py"));
    } catch (IOException refused) {
      throw new SandboxProblem(
          "starting " + NAME + ": " + refused.getMessage(),
          "skip Python migrations with --no-python",
          refused);
    }
    AtExit atExit = AtExit.run(() -> Programs.killGroup(process));
    try {
      PythonReports reports = new PythonReports(process.getInputStream(), token, MOST_REPORTED);
      StderrTail words = new StderrTail(process.getErrorStream());
      Thread reading = Thread.ofVirtual().name("preflight-python").start(reports);
      Thread draining = Thread.ofVirtual().name("preflight-python-errors").start(words);
      send(process.getOutputStream(), Orders.text(program, token, limit));
      Optional<String> reason = await(process, reading, reports, limit, stopped);
      atExit.runNow();
      int status = process.waitFor();
      reading.join(PROBE_LIMIT);
      draining.join(PROBE_LIMIT);
      return new PythonRun(reports.reports(), reason, status, words.last());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new SandboxProblem("running " + NAME + " was interrupted", "", interrupted);
    } finally {
      atExit.runNow();
      closeAll(process);
    }
  }

  private Process start(String text) throws IOException {
    List<String> words = new ArrayList<>(command);
    words.add(text);
    return Programs.startHere(words, Map.of());
  }

  private static Optional<String> await(
      Process process,
      Thread reading,
      PythonReports reports,
      Duration limit,
      BooleanSupplier stopped)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!reading.join(POLL)) {
      if (stopped.getAsBoolean()) {
        return Optional.of("was ended with the rehearsal");
      }
      if (System.nanoTime() > deadline) {
        return Optional.of("ran longer than " + limit.toMillis() + " ms");
      }
      // A process that it started may hold the channel open.
      if (!process.isAlive()) {
        reading.join(POLL.multipliedBy(10));
        break;
      }
    }
    return reports.overLimit()
        ? Optional.of("executes more than " + (MOST_REPORTED >> 20) + " MiB of SQL")
        : Optional.empty();
  }

  private static void send(OutputStream input, String orders) {
    try {
      // Not closed: its end tells the process that this one is gone.
      input.write(orders.getBytes(US_ASCII));
      input.flush();
    } catch (IOException gone) {
      // Then it has ended, and says how.
    }
  }

  private static void closeAll(Process process) {
    try {
      process.getOutputStream().close();
      process.getInputStream().close();
      process.getErrorStream().close();
    } catch (IOException gone) {
      // It has ended.
    }
  }

  /**
   * The orders that {@code boot.py} reads from its standard input: a word a line, its fields in
   * base64.
   */
  private static final class Orders {

    private static final long MEMORY = 2L << 30;

    private Orders() {}

    static String text(PythonProgram program, String token, Duration limit) {
      StringBuilder orders = new StringBuilder();
      order(orders, "token", token.getBytes(US_ASCII));
      limits(limit)
          .forEach(
              (name, value) ->
                  order(
                      orders,
                      "limit",
                      name.getBytes(US_ASCII),
                      value.toString().getBytes(US_ASCII)));
      for (PythonProgram.Module module : program.modules()) {
        order(
            orders,
            "module",
            module.name().getBytes(US_ASCII),
            (module.isPackage() ? "package" : "module").getBytes(US_ASCII),
            module.text().getBytes(UTF_8));
      }
      program.arguments().forEach(argument -> order(orders, "argument", argument));
      order(orders, "run");
      return orders.toString();
    }

    /** Returns the limits in setrlimit's names and units. */
    private static Map<String, Long> limits(Duration limit) {
      Map<String, Long> limits = new LinkedHashMap<>();
      limits.put("RLIMIT_CORE", 0L);
      limits.put("RLIMIT_FSIZE", 0L);
      limits.put("RLIMIT_NPROC", 0L);
      limits.put("RLIMIT_AS", MEMORY);
      // For a process that nobody is there any more to end.
      limits.put("RLIMIT_CPU", limit.toSeconds() + 5);
      return limits;
    }

    private static void order(StringBuilder orders, String word, byte[]... fields) {
      orders.append(word);
      for (byte[] field : fields) {
        String text = Base64.getEncoder().encodeToString(field);
        orders.append(' ').append(text.isEmpty() ? PythonReports.NOTHING : text);
      }
      orders.append('\n');
    }
  }
}
