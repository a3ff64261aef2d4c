package dev.confiture.preflight.source;

import dev.confiture.preflight.problem.SourceProblem;
import dev.confiture.preflight.process.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
            + " (from PostgreSQL's own repository where the system has none), name the folder of"
            + " one with --postgres-bin, or in the Action use the tag v1-pg"
            + serverMajor);
  }
}
