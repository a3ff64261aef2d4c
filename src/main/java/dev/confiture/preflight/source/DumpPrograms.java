package dev.confiture.preflight.source;

import dev.confiture.preflight.problem.SourceProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds a pg_dump that is not older than the server: an older one refuses it. */
final class DumpPrograms {

  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

  private DumpPrograms() {}

  /**
   * The one of the folder that the user named, else the newest of the system's packages, else the
   * first on the PATH that fits.
   *
   * @throws SourceProblem if there is none, saying which is needed and where to get it
   */
  static DumpProgram find(int serverMajor, Optional<Path> folder, Map<String, String> environment) {
    List<DumpProgram> found =
        candidates(folder, environment)
            .filter(Files::isExecutable)
            .flatMap(path -> DumpProgram.of(path).stream())
            .toList();
    return found.stream()
        .filter(program -> program.major() >= serverMajor)
        .findFirst()
        .orElseThrow(() -> none(serverMajor, found));
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

  /** The folders of Debian's packages, the newest major version first. */
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

  private static SourceProblem none(int serverMajor, List<DumpProgram> older) {
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
