package dev.confiture.preflight.recording;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.process.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The team's own command that migrates a database: it runs with the caller's environment, but for
 * what names another database.
 *
 * @param words the program and its arguments
 * @param variables further variables that are to name the database, by name; in a value {@code
 *     {url}}, {@code {host}}, {@code {port}}, {@code {user}}, {@code {password}} and {@code
 *     {database}} stand for its parts
 * @param framework the framework whose migrations it runs; empty: the project's files tell
 * @param folder the folder in which it runs
 */
public record TeamCommand(
    List<String> words, Map<String, String> variables, Optional<String> framework, Path folder) {

  private static final int KILLED = 137;
  private static final int LAST_LINES = 40;
  private static final int LONGEST_LINE = 10_000;
  private static final Duration TO_END = Duration.ofSeconds(5);

  public TeamCommand {
    words = List.copyOf(words);
    variables = Map.copyOf(variables);
  }

  /** Returns the frameworks that a user may name. */
  public static List<String> frameworks() {
    return Framework.ids();
  }

  /**
   * The end of the command.
   *
   * @param code its exit status; over 128 a signal's number and 128
   * @param timedOut true if it was ended at the time limit
   * @param lastLines the last lines of its output
   */
  record End(int code, boolean timedOut, List<String> lastLines) {

    /** Returns the last line that says something. */
    String lastWords() {
      return lastLines.isEmpty() ? "it said nothing" : lastLines.getLast();
    }
  }

  /** A command that runs, which another thread may end. */
  public interface Running {

    /** Interrupts the command and all that it has started, as Ctrl-C does. */
    void interrupt();
  }

  /**
   * Runs it.
   *
   * @param environment the caller's environment
   * @param database how it is to connect
   * @param hidden texts of which no variable that it gets may hold one
   * @param limit the longest that it may take; zero for no limit
   * @param line told of each line that it prints
   * @param started told of how to interrupt it
   * @throws UsageProblem if it cannot be started
   */
  End run(
      Map<String, String> environment,
      ConnectionString database,
      List<String> hidden,
      Duration limit,
      Consumer<String> line,
      Consumer<Running> started) {
    Process process = start(environmentFor(environment, database, hidden));
    started.accept(() -> Programs.signalGroup(process, "INT"));
    Deque<String> last = new ArrayDeque<>();
    Thread reader = Thread.ofVirtual().start(() -> read(process, text -> keep(text, last, line)));
    boolean timedOut = false;
    try {
      if (limit.isZero()) {
        process.waitFor();
      } else if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        timedOut = true;
      }
    } catch (InterruptedException stopped) {
      Programs.signalGroup(process, "INT");
      Thread.currentThread().interrupt();
    }
    // What it has left running would hold sessions of the clone, and the end of its output.
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    Programs.signalGroup(process, "KILL");
    try {
      reader.join(TO_END);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    // Not before: it takes what of the output was not read.
    Programs.killGroup(process);
    synchronized (last) {
      return new End(process.isAlive() ? KILLED : process.exitValue(), timedOut, List.copyOf(last));
    }
  }

  private Process start(Map<String, String> environment) {
    try {
      return Programs.startOwn(words, environment, folder);
    } catch (IOException refused) {
      throw new UsageProblem(
          "the command " + String.join(" ", words) + " cannot be started",
          "write it behind -- as it is run in a deployment, in the folder of the project",
          refused);
    }
  }

  private static void keep(String text, Deque<String> last, Consumer<String> line) {
    line.accept(text);
    if (!text.isBlank()) {
      synchronized (last) {
        last.add(text);
        if (last.size() > LAST_LINES) {
          last.removeFirst();
        }
      }
    }
  }

  /** Reads lines; of one that never ends, a part is one. */
  private static void read(Process process, Consumer<String> line) {
    StringBuilder text = new StringBuilder();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (int c = output.read(); c >= 0; c = output.read()) {
        if (c == '\n' || text.length() == LONGEST_LINE) {
          line.accept(text.toString().stripTrailing());
          text.setLength(0);
        }
        if (c != '\n') {
          text.append((char) c);
        }
      }
    } catch (IOException ended) {
      // With the process.
    }
    if (!text.isEmpty()) {
      line.accept(text.toString().stripTrailing());
    }
  }

  /** Returns the caller's variables without those that name another database, and those of this. */
  private Map<String, String> environmentFor(
      Map<String, String> environment, ConnectionString database, List<String> hidden) {
    Map<String, String> all = new HashMap<>();
    environment.forEach(
        (name, value) -> {
          if (!name.startsWith("PG")
              && !name.startsWith("INPUT_")
              && hidden.stream().noneMatch(value::contains)) {
            all.put(name, value);
          }
        });
    Map<String, String> parts = parts(database);
    all.put("DATABASE_URL", parts.get("url"));
    all.put("PGHOST", parts.get("host"));
    all.put("PGPORT", parts.get("port"));
    all.put("PGUSER", parts.get("user"));
    all.put("PGPASSWORD", parts.get("password"));
    all.put("PGDATABASE", parts.get("database"));
    // Python keeps what it prints into a pipe until it ends.
    all.putIfAbsent("PYTHONUNBUFFERED", "1");
    variables.forEach(
        (name, form) -> {
          String value = form;
          for (Map.Entry<String, String> part : parts.entrySet()) {
            value = value.replace("{" + part.getKey() + "}", part.getValue());
          }
          all.put(name, value);
        });
    return all;
  }

  private static Map<String, String> parts(ConnectionString database) {
    String host = database.get("host").orElse("127.0.0.1");
    String port = database.get("port").orElse("5432");
    String user = database.user().orElse("");
    String password = database.password().orElse("");
    return Map.of(
        "host",
        host,
        "port",
        port,
        "user",
        user,
        "password",
        password,
        "database",
        database.database(),
        "url",
        "postgresql://"
            + encoded(user)
            + ":"
            + encoded(password)
            + "@"
            + host
            + ":"
            + port
            + "/"
            + encoded(database.database()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
