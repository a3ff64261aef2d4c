package dev.confiture.preflight.sandbox;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** Folders of ours: made private, removed with all that is in them. */
final class Folders {

  private static final long ROOM = 2L << 30;

  private Folders() {}

  /** Where a cluster goes: memory where there is plenty, else the folder for temporary files. */
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

  /** The folder for temporary files. */
  static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
  }

  /** A new folder that only we may enter, until it is handed over. */
  static Path makePrivate(Path parent) throws IOException {
    return Files.createTempDirectory(
        parent,
        "preflight-",
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** Gives a file or folder to a user; a link that stands in its place is not followed. */
  static void handOver(Path path, OsUser owner) throws IOException {
    if (!owner.ourselves()) {
      Files.setAttribute(path, "unix:gid", owner.gid(), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:uid", owner.uid(), LinkOption.NOFOLLOW_LINKS);
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
