package dev.confiture.preflight.migrations;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A file that is applied and is not what it was then, as its checksum tells.
 *
 * @param file the file
 * @param recorded the checksum of the file that was applied
 * @param actual the checksum of the file as it is
 */
public record ChangedFile(MigrationFile file, String recorded, String actual) {

  private static final int SHOWN = 12;

  /**
   * Compares the folder's files with what a tracking table recorded. A version without a recorded
   * checksum cannot be compared; one that several files have is unchanged where one of them is.
   */
  public static List<ChangedFile> of(MigrationFolder folder, TrackingTable table) {
    Map<String, String> recorded = new TreeMap<>(folder.convention().versionOrder());
    recorded.putAll(table.checksums());
    Map<String, List<ChangedFile>> changed = new TreeMap<>(folder.convention().versionOrder());
    List<String> unchanged = new ArrayList<>();
    for (MigrationFile file : folder.files()) {
      Optional<String> actual = checksum(file);
      String expected = recorded.get(file.version());
      if (actual.isEmpty() || expected == null) {
        continue;
      }
      if (actual.get().equalsIgnoreCase(expected)) {
        unchanged.add(file.version());
      } else {
        changed
            .computeIfAbsent(file.version(), _ -> new ArrayList<>())
            .add(new ChangedFile(file, expected, actual.get()));
      }
    }
    unchanged.forEach(changed::remove);
    return changed.values().stream().flatMap(List::stream).toList();
  }

  /**
   * As confiture says it: {@code <version>_<name>: expected <12 digits>..., got <12 digits>...}.
   */
  public String mismatch() {
    return file.title() + ": expected " + shown(recorded) + "..., got " + shown(actual) + "...";
  }

  private static String shown(String checksum) {
    return checksum.substring(0, Math.min(SHOWN, checksum.length()));
  }

  /** Of a file that cannot be read there is none; reading it is no part of this run. */
  private static Optional<String> checksum(MigrationFile file) {
    try {
      return Optional.of(Checksum.sha256(Files.readAllBytes(file.path())));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
