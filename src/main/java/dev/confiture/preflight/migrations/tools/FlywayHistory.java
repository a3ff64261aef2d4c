package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.migrations.LedgerFormat;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.NumericVersions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The rows of Flyway's history, and what Flyway's validation says of them beside the files.
 *
 * @param entries the rows that count, by version: of each version, and each repeatable one, the
 *     last
 * @param baseline the version up to which the history was begun without files
 */
record FlywayHistory(Map<String, Entry> entries, Optional<String> baseline) {

  /** The columns of the table that are read, beside the one that names the migration. */
  static final List<String> COLUMNS =
      List.of("installed_rank", "version", "description", "type", "checksum", "success");

  private static final String IGNORED_BY_DEFAULT = "*:future";
  private static final int LONGEST_DESCRIPTION = 200;

  FlywayHistory {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** A row. */
  record Entry(
      int rank,
      Optional<String> number,
      String description,
      String type,
      String script,
      Optional<String> checksum,
      boolean success) {

    private static Entry of(LedgerFormat.Row row) {
      Map<String, String> details = row.details();
      return new Entry(
          Integer.parseInt(details.getOrDefault("installed_rank", "0")),
          Optional.ofNullable(details.get("version")),
          details.getOrDefault("description", ""),
          details.getOrDefault("type", ""),
          row.version(),
          Optional.ofNullable(details.get("checksum")),
          details.getOrDefault("success", "true").equals("true"));
    }

    /** Returns the version of its file. */
    private String version() {
      return number
          .map(v -> type.equals("SQL_BASELINE") ? Flyway.BASELINE + v : v)
          .orElseGet(() -> Flyway.repeatable(description));
    }

    /** Returns true for what Flyway itself has written, of no file. */
    private boolean isSynthetic() {
      return Set.of("BASELINE", "SCHEMA", "DELETE").contains(type);
    }

    private String title() {
      return number.map(v -> "version " + v).orElse(script);
    }
  }

  /** Reads rows, in whatever order they come. */
  static FlywayHistory of(List<LedgerFormat.Row> rows) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    Optional<String> baseline = Optional.empty();
    for (Entry entry :
        rows.stream().map(Entry::of).sorted(Comparator.comparingInt(Entry::rank)).toList()) {
      if (entry.type().endsWith("BASELINE") && entry.success()) {
        baseline = entry.number();
      }
      if (entry.type().equals("DELETE") || entry.type().startsWith("UNDO")) {
        if (entry.success()) {
          entries.remove(entry.version());
        }
      } else if (!entry.isSynthetic()) {
        entries.put(entry.version(), entry);
      }
    }
    return new FlywayHistory(entries, baseline);
  }

  /** Returns the applied versions. */
  Set<String> versions() {
    Set<String> versions = new LinkedHashSet<>();
    entries.forEach(
        (version, entry) -> {
          if (entry.success()) {
            versions.add(version);
          }
        });
    baseline.ifPresent(versions::add);
    return versions;
  }

  /** Returns true if the history has a row of a file, or a baseline. */
  boolean isBegun() {
    return !entries.isEmpty() || baseline.isPresent();
  }

  /** Returns the newest applied version, if one is. */
  Optional<String> newest() {
    return entries.values().stream()
        .flatMap(entry -> entry.number().stream())
        .reduce((a, b) -> NumericVersions.ORDER.compare(a, b) >= 0 ? a : b)
        .map(v -> baseline.filter(b -> NumericVersions.ORDER.compare(b, v) > 0).orElse(v))
        .or(() -> baseline);
  }

  /** Returns true if a version is one that the baseline stands for. */
  boolean isBelowBaseline(String version) {
    return baseline.filter(b -> NumericVersions.ORDER.compare(version, b) <= 0).isPresent();
  }

  /**
   * Returns true if the last run of a repeatable migration was of this very text.
   *
   * @param written the checksum of the file as it is written, which counts too
   */
  boolean hasRun(Migration repeatable, Optional<String> written) {
    return Optional.ofNullable(entries.get(repeatable.version()))
        .filter(Entry::success)
        .flatMap(Entry::checksum)
        .filter(
            checksum ->
                Optional.of(checksum).equals(repeatable.checksum())
                    || Optional.of(checksum).equals(written))
        .isPresent();
  }

  /**
   * Returns what Flyway finds wrong before it runs anything, in its words.
   *
   * @param files the folder's migrations
   * @param description tells the description of one
   * @param ignored the configured patterns of what is not wrong
   */
  List<Finding> findings(
      List<Migration> files, Function<Migration, String> description, Optional<String> ignored) {
    Map<String, Migration> byVersion = new TreeMap<>(Flyway.ORDER);
    files.forEach(file -> byVersion.put(file.version(), file));
    Optional<String> last =
        files.stream()
            .map(Migration::version)
            .map(Flyway::number)
            .filter(NumericVersions::isVersion)
            .max(NumericVersions.ORDER);
    List<Finding> findings = new ArrayList<>();
    for (Map.Entry<String, Entry> each : entries.entrySet()) {
      Entry entry = each.getValue();
      Optional<Migration> file = Optional.ofNullable(byVersion.get(each.getKey()));
      boolean future =
          file.isEmpty()
              && entry
                  .number()
                  .filter(v -> last.isEmpty() || NumericVersions.ORDER.compare(v, last.get()) >= 0)
                  .isPresent();
      boolean missing = file.isEmpty() && !future;
      String kind = entry.number().isPresent() ? "versioned" : "repeatable";
      // Code may lie anywhere.
      boolean ofCode = file.isEmpty() && !entry.type().startsWith("SQL");
      if ((ofCode && entry.success())
          || (future && isIgnored(ignored, kind, "future"))
          || (missing && isIgnored(ignored, kind, "missing"))) {
        continue;
      }
      if (!entry.success()) {
        findings.add(failed(entry));
      } else if (file.isEmpty()) {
        findings.add(
            new Finding(
                "Detected applied migration not resolved locally: "
                    + entry.number().orElse(entry.description())
                    + ".",
                "put its file back; if it was removed on purpose, run flyway repair; if it lies in"
                    + " another of Flyway's locations, name all of them in flyway.conf"));
      } else if (entry.number().filter(this::isBelowBaseline).isEmpty()) {
        changed(entry, file.get(), description.apply(file.get())).ifPresent(findings::add);
      }
    }
    return findings;
  }

  private static Finding failed(Entry entry) {
    return new Finding(
        entry
                .number()
                .map(
                    v ->
                        "Detected failed migration to version "
                            + v
                            + " ("
                            + entry.description()
                            + ")")
                .orElseGet(() -> "Detected failed repeatable migration: " + entry.description())
            + ".",
        "remove any half-completed changes, then run flyway repair");
  }

  /** Returns a description as the table keeps it, whose column has its length. */
  static String kept(String description) {
    return description.length() > LONGEST_DESCRIPTION
        ? description.substring(0, LONGEST_DESCRIPTION - 3) + "..."
        : description;
  }

  private static Optional<Finding> changed(Entry entry, Migration file, String description) {
    String shown = kept(description);
    if (entry.number().isPresent()
        && entry.checksum().isPresent()
        && file.checksum().isPresent()
        && !entry.checksum().equals(file.checksum())) {
      return Optional.of(
          mismatch("checksum", entry, entry.checksum().get(), file.checksum().get(), file));
    }
    String applied = entry.description().equals("<< no description >>") ? "" : entry.description();
    return shown.equals(applied)
        ? Optional.empty()
        : Optional.of(mismatch("description", entry, applied, shown, file));
  }

  private static Finding mismatch(
      String what, Entry entry, String applied, String resolved, Migration file) {
    return new Finding(
        "Migration "
            + what
            + " mismatch for migration "
            + entry.title()
            + ": applied to database "
            + applied
            + ", resolved locally "
            + resolved
            + " ("
            + file.file().fileName()
            + ")",
        "revert the change to the file and make a new one; or run flyway repair, if what is"
            + " deployed is what the file now says");
  }

  /**
   * Something that stops the deployment.
   *
   * @param message in Flyway's words
   * @param hint what to do
   */
  record Finding(String message, String hint) {}

  /** Returns true if a pattern like {@code *:future} names a kind and state. */
  static boolean isIgnored(Optional<String> patterns, String kind, String state) {
    for (String pattern : patterns.orElse(IGNORED_BY_DEFAULT).split(",", -1)) {
      String[] parts = pattern.strip().toLowerCase(Locale.ROOT).split(":", 2);
      if (parts.length == 2
          && (parts[0].equals("*") || parts[0].equals(kind))
          && (parts[1].equals("*") || parts[1].equals(state))) {
        return true;
      }
    }
    return false;
  }
}
