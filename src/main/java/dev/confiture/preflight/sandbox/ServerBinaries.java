package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.problem.Problem.SandboxProblem;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the programs of a PostgreSQL server.
 *
 * @param folder where {@code initdb} and {@code postgres} are
 */
public record ServerBinaries(Path folder) {

  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

  /**
   * Looks for a server's programs: in the folder given, among the system's packages, on the PATH,
   * and at last in the archive on the class path.
   *
   * <p>Of the system's packages the major version of the schema is taken, since a rehearsal on
   * another one can end otherwise; else the newest, unless the schema is of a newer one still.
   *
   * @param major the major version of the server that the schema is from, if it is known
   * @throws SandboxProblem if there are none
   */
  public static ServerBinaries find(
      Optional<Path> explicitFolder, OptionalInt major, Map<String, String> env) {
    if (explicitFolder.isPresent()) {
      return explicitFolder
          .filter(ServerBinaries::hasServer)
          // The server starts in a folder of its own.
          .map(folder -> new ServerBinaries(folder.toAbsolutePath()))
          .orElseThrow(
              () ->
                  new SandboxProblem(
                      "starting the embedded server: "
                          + explicitFolder.get()
                          + " does not hold both initdb and postgres",
                      "name the folder of a PostgreSQL server's programs"));
    }
    List<Path> majors = installed();
    int wanted = major.orElse(0);
    return majors.stream()
        .filter(folder -> number(folder) == wanted)
        .findFirst()
        .or(() -> majors.stream().findFirst().filter(newest -> number(newest) > wanted))
        .map(ServerBinaries::of)
        .or(() -> onPath(env).filter(_ -> majors.isEmpty()))
        .or(() -> packed(env))
        .or(() -> majors.stream().findFirst().map(ServerBinaries::of))
        .orElseThrow(ServerBinaries::none);
  }

  /** Unpacks an archive in the form of the zonky project, for tests of other versions. */
  static ServerBinaries unpacked(URL archive, Map<String, String> env) {
    return new ServerBinaries(new Archive(archive).unpacked(env).resolve("bin"));
  }

  /** Lists the folders of Debian's packages that hold a server, the newest major version first. */
  private static List<Path> installed() {
    if (!Files.isDirectory(DEBIAN)) {
      return List.of();
    }
    try (Stream<Path> majors = Files.list(DEBIAN)) {
      return majors
          .filter(major -> major.getFileName().toString().matches("[0-9]{2,}"))
          .filter(major -> hasServer(major.resolve("bin")))
          .sorted(Comparator.comparingInt(ServerBinaries::number).reversed())
          .toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static int number(Path major) {
    return Integer.parseInt(major.getFileName().toString());
  }

  private static ServerBinaries of(Path major) {
    return new ServerBinaries(major.resolve("bin"));
  }

  private static Optional<ServerBinaries> onPath(Map<String, String> env) {
    return Stream.of(env.getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .filter(Predicate.not(String::isEmpty))
        .map(Path::of)
        .filter(ServerBinaries::hasServer)
        .map(ServerBinaries::new)
        .findFirst();
  }

  private static Optional<ServerBinaries> packed(Map<String, String> env) {
    return Archive.onClassPath()
        .map(archive -> new ServerBinaries(archive.unpacked(env).resolve("bin")));
  }

  private static boolean hasServer(Path folder) {
    return List.of("initdb", "postgres").stream()
        .allMatch(program -> Files.isExecutable(folder.resolve(program)));
  }

  private static SandboxProblem none() {
    return new SandboxProblem(
        "starting the embedded server: no PostgreSQL server is installed here",
        "name a server to rehearse on with --against URL, or install the package postgresql");
  }
}
