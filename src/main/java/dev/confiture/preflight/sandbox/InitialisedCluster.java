package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A cluster as initdb leaves it, which each run copies: initdb takes most of a server's start.
 *
 * <p>The image holds one. Elsewhere it is made once and kept in the cache, for the programs that
 * made it. Nothing in it is secret: its superuser is another one in every copy before that listens.
 */
final class InitialisedCluster {

  /** Names the folder of the image's own. */
  private static final String PROPERTY = "preflight.cluster";

  private static final Duration LIMIT = Duration.ofSeconds(90);

  private InitialisedCluster() {}

  /**
   * Finds the cluster of these programs, or makes it; empty where it cannot be kept, and each run
   * must make one of its own.
   *
   * @param user the one that the server runs as, who must be able to read it
   */
  static Optional<Path> find(
      ServerBinaries binaries, OsUser user, Map<String, String> environment) {
    Optional<Path> packed =
        Optional.ofNullable(System.getProperty(PROPERTY))
            .map(Path::of)
            .filter(cluster -> isOf(binaries, cluster));
    if (packed.isPresent()) {
      return packed;
    }
    try {
      return in(Folders.cache(environment), binaries, user);
    } catch (IOException | UnsupportedOperationException unwritable) {
      return Optional.empty();
    }
  }

  /** Debian's packages have a folder for each major version. */
  private static boolean isOf(ServerBinaries binaries, Path cluster) {
    try {
      Path parent = binaries.folder().getParent();
      return parent != null
          && parent.endsWith(Files.readString(cluster.resolve("PG_VERSION")).strip());
    } catch (IOException missing) {
      return false;
    }
  }

  /** Returns the initialised cluster of a cache folder, making it where it is not there yet. */
  static Optional<Path> in(Path cache, ServerBinaries binaries, OsUser user) throws IOException {
    Path postgres = binaries.folder().resolve("postgres").toRealPath();
    String programs = "cluster-" + Integer.toHexString(postgres.toString().hashCode()) + "-";
    Path place =
        cache.resolve(
            programs
                + Long.toHexString(Files.getLastModifiedTime(postgres).toMillis())
                + "-"
                + Long.toHexString(Files.size(postgres)));
    return Folders.kept(
        place,
        beside -> {
          Files.writeString(beside.resolve("password"), "preflight\n");
          Folders.handOver(beside.resolve("password"), user);
          Folders.handOver(beside, user);
          // Not every system has C.UTF-8.
          if (!isMade(binaries, user, beside, "C.UTF-8") && !isMade(binaries, user, beside, "C")) {
            return Optional.empty();
          }
          Path made = beside.resolve("cluster");
          if (!user.ourselves()) {
            Folders.takeBack(made);
          }
          removeOlder(cache, programs);
          return Optional.of(made);
        });
  }

  private static boolean isMade(ServerBinaries binaries, OsUser user, Path beside, String locale)
      throws IOException {
    Path cluster = beside.resolve("cluster");
    Folders.remove(cluster);
    List<String> command = new ArrayList<>(user.prefix());
    command.addAll(
        List.of(
            binaries.folder().resolve("initdb").toString(),
            "--pgdata=" + cluster,
            "--username=preflight",
            "--pwfile=" + beside.resolve("password"),
            "--auth-host=password",
            "--auth-local=reject",
            "--encoding=UTF8",
            "--locale=" + locale,
            "--no-sync"));
    Process initdb = Programs.start(command, Path.of("/"));
    try {
      initdb.getOutputStream().close();
      Thread reading = Thread.ofVirtual().start(new StderrTail(initdb.getInputStream()));
      boolean ended = initdb.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      reading.join(LIMIT);
      return ended && initdb.exitValue() == 0;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      if (initdb.isAlive()) {
        Programs.killGroup(initdb);
      }
    }
  }

  /** Programs that were updated leave a cluster that nothing starts any more. */
  private static void removeOlder(Path cache, String programs) throws IOException {
    try (Stream<Path> kept = Files.list(cache)) {
      kept.filter(cluster -> cluster.getFileName().toString().startsWith(programs))
          .forEach(Folders::remove);
    }
  }
}
