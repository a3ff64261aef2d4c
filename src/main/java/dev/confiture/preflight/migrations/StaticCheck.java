package dev.confiture.preflight.migrations;

import dev.confiture.preflight.sql.NonTransactional;
import dev.confiture.preflight.sql.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A check of the migration files alone, pending or not.
 *
 * @param tool the tool by which the files were read
 * @param downRequired true if the tool demands that a migration can be undone
 * @param migrations the files, in the order in which they are deployed
 * @param duplicateVersions the versions that several files have, with the files' names
 * @param checksumMismatches files that are not what was applied, as confiture words it
 * @param checksumVerified true if a ledger's checksums were at hand
 * @param ignored other SQL files of the folder, by name
 * @param notes what else a reader should know, a sentence each
 */
public record StaticCheck(
    Tool.Choice tool,
    boolean downRequired,
    List<CheckedMigration> migrations,
    Map<String, List<String>> duplicateVersions,
    List<String> checksumMismatches,
    boolean checksumVerified,
    List<String> ignored,
    List<String> notes) {

  public StaticCheck {
    migrations = List.copyOf(migrations);
    duplicateVersions = Collections.unmodifiableMap(new LinkedHashMap<>(duplicateVersions));
    checksumMismatches = List.copyOf(checksumMismatches);
    ignored = List.copyOf(ignored);
    notes = List.copyOf(notes);
  }

  /**
   * Checks a folder's files.
   *
   * @param recorded the applied files' checksums by version, where a ledger could be read
   */
  public static StaticCheck of(MigrationFolder folder, Optional<Map<String, String>> recorded) {
    List<CheckedMigration> migrations =
        folder.migrations().stream().map(CheckedMigration::of).toList();
    Map<String, List<CheckedMigration>> byVersion = new TreeMap<>(folder.versionOrder());
    for (CheckedMigration migration : migrations) {
      byVersion.computeIfAbsent(migration.file().version(), _ -> new ArrayList<>()).add(migration);
    }
    List<String> notes = new ArrayList<>(folder.orderWarnings());
    notes.addAll(folder.tool().notes(folder.files()));
    return new StaticCheck(
        folder.choice(),
        folder.downRequired(),
        migrations,
        duplicates(byVersion),
        recorded
            .map(checksums -> mismatches(byVersion, ordered(checksums, folder)))
            .orElse(List.of()),
        recorded.isPresent(),
        folder.ignored(),
        notes);
  }

  private static Map<String, List<String>> duplicates(
      Map<String, List<CheckedMigration>> byVersion) {
    Map<String, List<String>> duplicates = new LinkedHashMap<>();
    byVersion.forEach(
        (version, same) -> {
          if (same.size() > 1) {
            duplicates.put(version, same.stream().map(m -> m.file().fileName()).sorted().toList());
          }
        });
    return duplicates;
  }

  /** Sorts by the tool's order, in which 142 and 0142 may be the same version. */
  private static Map<String, String> ordered(
      Map<String, String> checksums, MigrationFolder folder) {
    Map<String, String> ordered = new TreeMap<>(folder.versionOrder());
    ordered.putAll(checksums);
    return ordered;
  }

  private static List<String> mismatches(
      Map<String, List<CheckedMigration>> byVersion, Map<String, String> recorded) {
    List<String> mismatches = new ArrayList<>();
    byVersion.forEach(
        (version, same) -> {
          List<String> others =
              Optional.ofNullable(recorded.get(version)).stream()
                  .flatMap(expected -> same.stream().flatMap(m -> m.mismatch(expected).stream()))
                  .toList();
          // Of several files with one version any may be the one that was applied.
          if (others.size() == same.size()) {
            mismatches.addAll(others);
          }
        });
    return mismatches;
  }

  /** Returns the same for some of the migrations; what is said of the whole folder stays. */
  public StaticCheck restrictedTo(Collection<String> versions) {
    return new StaticCheck(
        tool,
        downRequired,
        migrations.stream().filter(m -> versions.contains(m.file().version())).toList(),
        duplicateVersions,
        checksumMismatches,
        checksumVerified,
        ignored,
        notes);
  }

  /** Returns the migrations that cannot be undone. */
  public List<CheckedMigration> irreversible() {
    return migrations.stream().filter(migration -> !migration.reversible()).toList();
  }

  /** Returns the migrations of which not all is known to run in a transaction. */
  public List<CheckedMigration> nonTransactional() {
    return migrations.stream().filter(migration -> !migration.fullyTransactional()).toList();
  }

  /** Returns the migrations whose text cannot be read. */
  public List<CheckedMigration> unreadable() {
    return migrations.stream().filter(migration -> migration.loadError().isPresent()).toList();
  }

  public boolean allReversible() {
    return irreversible().isEmpty();
  }

  public boolean allTransactional() {
    return nonTransactional().isEmpty();
  }

  public boolean hasDuplicates() {
    return !duplicateVersions.isEmpty();
  }

  public boolean hasChecksumMismatches() {
    return !checksumMismatches.isEmpty();
  }

  /** Returns true if nothing stands in the way of deploying the files, or of undoing that. */
  public boolean safeToDeploy() {
    return (allReversible() || !downRequired)
        && allTransactional()
        && !hasDuplicates()
        && !hasChecksumMismatches();
  }

  /**
   * The facts of a migration's files that need no database.
   *
   * @param file the file
   * @param hasDown true if it can be undone, as far as that can be seen: a down file is neither
   *     read nor executed
   * @param nonTransactionalStatements the statements that refuse a transaction block, in the order
   *     of the text
   * @param checksum SHA-256 of the file's bytes; empty where they cannot be read
   * @param loadError the place and reason for which its text cannot be read, if so
   */
  public record CheckedMigration(
      MigrationFile file,
      boolean hasDown,
      List<String> nonTransactionalStatements,
      Optional<String> checksum,
      Optional<String> loadError) {

    /** The length of a checksum in a message. */
    private static final int SHOWN = 12;

    public CheckedMigration {
      nonTransactionalStatements = List.copyOf(nonTransactionalStatements);
    }

    /** Returns what a migration tells; one that cannot be read is checked as far as that goes. */
    static CheckedMigration of(Migration migration) {
      return new CheckedMigration(
          migration.file(),
          migration.reversible(),
          switch (migration.text()) {
            case MigrationText.Sql sql -> NonTransactional.in(sql.script().statements());
            // Python is not analysed: its class says whether it wants a transaction.
            case MigrationText.Python _, MigrationText.Recorded _, MigrationText.Unreadable _ ->
                List.of();
          },
          migration.checksum(),
          migration.text() instanceof MigrationText.Unreadable(Position at, String reason)
              ? Optional.of(
                  migration.file().path() + ":" + at.line() + ":" + at.column() + ": " + reason)
              : Optional.empty());
    }

    /** Returns true if it can be undone. */
    public boolean reversible() {
      return hasDown;
    }

    /** Returns true if all of it runs in a transaction; false for a text that cannot be read. */
    public boolean fullyTransactional() {
      return nonTransactionalStatements.isEmpty() && loadError.isEmpty();
    }

    /** Returns confiture's sentence for a file that is not the one whose checksum was recorded. */
    Optional<String> mismatch(String recorded) {
      return checksum
          .filter(actual -> !actual.equalsIgnoreCase(recorded))
          .map(
              actual ->
                  file.title()
                      + ": expected "
                      + shown(recorded)
                      + "..., got "
                      + shown(actual)
                      + "...");
    }

    private static String shown(String checksum) {
      return checksum.substring(0, Math.min(SHOWN, checksum.length()));
    }
  }
}
