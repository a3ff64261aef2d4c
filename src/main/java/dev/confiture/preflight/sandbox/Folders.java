package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.process.AtExit;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes folders of ours, private or for a cache, and removes them with all that is in them. */
final class Folders {

  private static final long ROOM = 2L << 30;
  static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwxr-xr-x");
  static final Set<PosixFilePermission> READ = PosixFilePermissions.fromString("rw-r--r--");

  private Folders() {}

  /**
   * Returns where clusters go: memory where there is plenty, else the folder for temporary files.
   */
  static Path parentForClusters() {
    Path memory = Path.of("/dev/shm");
    try {
      if (Files.isWritable(memory)
          && Files.getFileStore(memory).type().equals("tmpfs")
          && Files.getFileStore(memory).getUsableSpace() >= ROOM) {
        return memory;
      }
    } catch (IOException unknowable) {
      // Then it is not to be relied upon.
    }
    return temporary();
  }

  /** Returns the folder for temporary files. */
  static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
  }

  /**
   * Returns a folder for what later runs use too, ours alone to write and everyone's to read: the
   * server may run as another user, and nobody else may put programs there.
   */
  static Path cache(Map<String, String> env) throws IOException {
    int uid = OsUser.ownUid();
    List<Path> places =
        OsUser.isRoot()
            ? List.of(Path.of("/var/cache/preflight"))
            : Optional.ofNullable(env.get("XDG_CACHE_HOME"))
                .filter(set -> set.startsWith("/"))
                .map(Path::of)
                .or(() -> Optional.ofNullable(env.get("HOME")).map(h -> Path.of(h, ".cache")))
                .map(parent -> List.of(parent.resolve("preflight")))
                .orElse(List.of());
    for (Path place : places) {
      if (usable(place, uid)) {
        return place;
      }
    }
    Path shared = temporary().resolve("preflight-cache-" + uid);
    if (usable(shared, uid)) {
      return shared;
    }
    // Under a name of its own no later run would find it.
    Path fresh = Files.createTempDirectory("preflight-cache-");
    AtExit.run(() -> remove(fresh));
    Files.setPosixFilePermissions(fresh, OPEN);
    return fresh;
  }

  /** Makes a folder of the cache. */
  interface Making {

    /**
     * Makes it inside another folder, which is removed afterwards.
     *
     * @return what was made; empty where that cannot be done
     */
    Optional<Path> inside(Path beside) throws IOException;
  }

  /**
   * Returns a folder of the cache, making it where it is not there yet.
   *
   * <p>Made beside its place and renamed: whoever sees the folder sees all of it, and of two runs
   * at once one wins and both use what it left.
   */
  static Optional<Path> kept(Path place, Making making) throws IOException {
    if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(place);
    }
    Path beside = Files.createTempDirectory(place.toAbsolutePath().getParent(), "making-");
    AtExit atExit = AtExit.run(() -> remove(beside));
    try {
      Optional<Path> made = making.inside(beside);
      if (made.isPresent()) {
        Files.move(made.get(), place, StandardCopyOption.ATOMIC_MOVE);
      }
      return made.map(_ -> place);
    } catch (IOException failed) {
      if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.of(place);
      }
      throw failed;
    } finally {
      atExit.runNow();
    }
  }

  private static boolean usable(Path place, int uid) {
    try {
      if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(place.getParent() == null ? place : place.getParent());
        Files.createDirectory(place);
        Files.setPosixFilePermissions(place, OPEN);
      }
      Set<PosixFilePermission> mode =
          Files.getPosixFilePermissions(place, LinkOption.NOFOLLOW_LINKS);
      return Integer.valueOf(uid)
              .equals(Files.getAttribute(place, "unix:uid", LinkOption.NOFOLLOW_LINKS))
          && mode.equals(OPEN)
          && Files.isWritable(place);
    } catch (IOException | UnsupportedOperationException refused) {
      return false;
    }
  }

  /** Makes a folder that only we may enter, until it is handed over. */
  static Path makePrivate(Path parent) throws IOException {
    return Files.createTempDirectory(
        parent,
        "preflight-",
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** Lets every user pass through a folder, and see nothing of it but what is named. */
  static void open(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
  }

  /** Gives a file or folder to a user; a link that stands in its place is not followed. */
  static void handOver(Path path, OsUser owner) throws IOException {
    if (!owner.ourselves()) {
      Files.setAttribute(path, "unix:gid", owner.gid(), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:uid", owner.uid(), LinkOption.NOFOLLOW_LINKS);
    }
  }

  /** Takes a folder back from another user, for everyone to read and root alone to write. */
  static void takeBack(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList()) {
        Files.setAttribute(path, "unix:uid", 0, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", 0, LinkOption.NOFOLLOW_LINKS);
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          Files.setPosixFilePermissions(path, OPEN);
        } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          Files.setPosixFilePermissions(path, READ);
        }
      }
    }
  }

  /** Removes the folder and what is in it; what cannot be removed stays. */
  static void remove(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failed)
                throws IOException {
              Files.deleteIfExists(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException stays) {
      // Nothing more can be done from here; it lies in a folder for temporary files.
    }
  }
}
