package dev.confiture.preflight.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The SQL files that a Python file names for {@code execute_file}, read for it: the user as whom it
 * is executed may not be able to.
 *
 * <p>Only files beneath the working directory, to which those names are relative: what a name leads
 * to elsewhere is not the project's.
 */
final class NamedSqlFiles {

  private static final String SQL = ".sql";
  private static final long MOST_BYTES = 16L << 20;

  private NamedSqlFiles() {}

  /** Their bytes by name, as far as they are there. */
  static Map<String, byte[]> read(Collection<String> names, Path workingDirectory) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    long room = MOST_BYTES;
    for (String name : names) {
      Optional<byte[]> bytes =
          name.endsWith(SQL) && !name.contains("\n")
              ? read(name, workingDirectory, room)
              : Optional.empty();
      if (bytes.isPresent()) {
        files.put(name, bytes.get());
        room -= bytes.get().length;
      }
    }
    return files;
  }

  private static Optional<byte[]> read(String name, Path workingDirectory, long room) {
    try {
      Path file = workingDirectory.resolve(name).toRealPath();
      return file.startsWith(workingDirectory.toRealPath())
              && file.toString().endsWith(SQL)
              && Files.isRegularFile(file)
              && Files.size(file) <= room
          ? Optional.of(Files.readAllBytes(file))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException notThere) {
      return Optional.empty();
    }
  }
}
