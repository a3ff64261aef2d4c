package dev.confiture.preflight.source;

import dev.confiture.preflight.problem.Problem.SourceProblem;
import dev.confiture.preflight.process.AtExit;
import dev.confiture.preflight.process.Programs;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.SourceText.Decoded;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A pg_dump program.
 *
 * @param version as {@code pg_dump --version} prints it, for example 15.18
 */
record PgDumpProgram(Path path, String version) {

  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final Pattern VERSION = Pattern.compile("\\) (([0-9]{1,3})[0-9A-Za-z.]*)");

  /**
   * Finds a pg_dump that is not older than the server, which refuses an older one.
   *
   * <p>The one in the folder that the user named comes first, then the newest of Debian's packages,
   * then the first on the PATH.
   *
   * @throws SourceProblem if there is none, naming the version needed and where to get it
   */
  static PgDumpProgram find(
      int serverMajor, Optional<Path> folder, Map<String, String> environment) {
    List<PgDumpProgram> found =
        candidates(folder, environment)
            .filter(Files::isExecutable)
            .flatMap(path -> of(path).stream())
            .toList();
    return found.stream()
        .filter(program -> program.major() >= serverMajor)
        .findFirst()
        .orElseThrow(() -> none(serverMajor, found));
  }

  int major() {
    return Integer.parseInt(version.split("[^0-9]", 2)[0]);
  }

  /** Starts the program; its environment holds these variables and a path, nothing else. */
  Process start(List<String> arguments, Map<String, String> variables) throws IOException {
    List<String> command = new ArrayList<>(List.of(path.toString()));
    command.addAll(arguments);
    return Programs.startHere(command, variables);
  }

  /** Returns the program, if it runs and prints its version. */
  private static Optional<PgDumpProgram> of(Path path) {
    try {
      Process process = Programs.startHere(List.of(path.toString(), "--version"), Map.of());
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher matcher = VERSION.matcher(output);
      return matcher.find()
          ? Optional.of(new PgDumpProgram(path, matcher.group(1)))
          : Optional.empty();
    } catch (IOException cannotRun) {
      return Optional.empty();
    }
  }

  private static Stream<Path> candidates(Optional<Path> folder, Map<String, String> environment) {
    Stream<Path> onPath =
        Stream.of(environment.getOrDefault("PATH", "").split(":", -1))
            .filter(each -> each.startsWith("/"))
            .map(Path::of);
    return Stream.of(folder.stream(), installed().stream(), onPath)
        .flatMap(each -> each)
        .map(each -> each.resolve("pg_dump"))
        .distinct();
  }

  /** Returns the folders of Debian's packages, the newest major version first. */
  private static List<Path> installed() {
    if (!Files.isDirectory(DEBIAN)) {
      return List.of();
    }
    try (Stream<Path> majors = Files.list(DEBIAN)) {
      return majors
          .filter(major -> major.getFileName().toString().matches("[0-9]{1,3}"))
          .sorted(
              Comparator.comparingInt(
                      (Path major) -> Integer.parseInt(major.getFileName().toString()))
                  .reversed())
          .map(major -> major.resolve("bin"))
          .toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static SourceProblem none(int serverMajor, List<PgDumpProgram> older) {
    List<String> had = new ArrayList<>();
    older.forEach(program -> had.add(program.path() + " is of version " + program.version()));
    return new SourceProblem(
        "dumping PostgreSQL "
            + serverMajor
            + " takes a pg_dump of version "
            + serverMajor
            + " or later, and "
            + (had.isEmpty() ? "there is none here" : String.join(", ", had)),
        "install the package postgresql-client-"
            + serverMajor
            + " (from PostgreSQL's own repository where the system has none), or name the folder"
            + " of one with --postgres-bin");
  }

  /**
   * A run of pg_dump that has ended, by itself or because it was stopped.
   *
   * @param exitCode zero if the dump is complete
   * @param out the dump
   * @param errors the lines of its error messages
   * @param lastStep the last line of its {@code --verbose} output: the step it was at
   */
  record Run(int exitCode, Decoded out, List<String> errors, String lastStep) {

    private static final int LONGEST_ERROR = 300;
    private static final long GRACE_SECONDS = 2;
    private static final String OWN = "pg_dump: ";
    private static final List<String> ERROR_PREFIXES = List.of("error: ", "detail: ", "hint: ");

    /**
     * Runs pg_dump and waits for its end.
     *
     * @param ender is given, at the start, the action that ends pg_dump from another thread
     */
    static Run of(
        PgDumpProgram program,
        List<String> arguments,
        Map<String, String> variables,
        Deadline deadline,
        Consumer<Runnable> ender)
        throws IOException {
      Process process = program.start(arguments, variables);
      ender.accept(() -> end(process));
      AtExit atExit = AtExit.run(process::destroy);
      Thread watch = deadline.watch(() -> end(process));
      List<String> errors = new ArrayList<>();
      List<String> steps = new ArrayList<>(List.of("starting"));
      try {
        process.getOutputStream().close();
        Thread reader = Thread.ofVirtual().start(() -> read(process, errors, steps));
        byte[] out = process.getInputStream().readAllBytes();
        int exitCode = process.waitFor();
        reader.join();
        return new Run(exitCode, SourceText.decode(out), List.copyOf(errors), steps.getLast());
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", stopped);
      } finally {
        watch.interrupt();
        end(process);
        atExit.forget();
      }
    }

    boolean isComplete() {
      return exitCode == 0;
    }

    /** Returns true if an error message of pg_dump's or a pooler's contains these words. */
    boolean reports(String words) {
      return errors.stream().anyMatch(line -> line.contains(words));
    }

    /** Returns all error messages as one sentence; a LOCK of thousands of tables is cut short. */
    String errorText() {
      return errors.isEmpty()
          ? "exit code " + exitCode
          : errors.stream()
              .map(
                  line ->
                      line.length() > LONGEST_ERROR ? line.substring(0, LONGEST_ERROR) + "…" : line)
              .collect(Collectors.joining("; "));
    }

    private static void read(Process process, List<String> errors, List<String> steps) {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          String said = line.startsWith(OWN) ? line.substring(OWN.length()) : line;
          if (said.startsWith(ERROR_PREFIXES.getFirst())) {
            errors.add(said.substring(ERROR_PREFIXES.getFirst().length()));
          } else if (!line.startsWith(OWN) || ERROR_PREFIXES.stream().anyMatch(said::startsWith)) {
            errors.add(said);
          } else {
            steps.add(said);
          }
        }
      } catch (IOException ended) {
        // The pipe ends with the program.
      }
    }

    /** Ends pg_dump by SIGTERM first: it then cancels its query on the server. */
    private static void end(Process process) {
      process.destroy();
      try {
        if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException stopped) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
