package dev.confiture.preflight.migrations;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The migrations of a folder, pending or not, as their tool reads them.
 *
 * @param tool the tool
 * @param evidence what told that it is this one: {@code files named *.up.sql}
 * @param migrations in the order in which the tool runs them
 * @param versionOrder the order of versions, also for {@code --since}
 * @param downRequired true if the tool demands that every migration can be undone
 * @param ignored other SQL files of the folder, by name
 */
public record MigrationFolder(
    Tool tool,
    String evidence,
    List<Migration> migrations,
    Comparator<String> versionOrder,
    boolean downRequired,
    List<String> ignored) {

  private static final String SQL = ".sql";
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final int MOST_NEAREST = 3;

  public MigrationFolder {
    migrations = List.copyOf(migrations);
    ignored = List.copyOf(ignored);
  }

  /** Returns the tool with what told it, for a report. */
  public Tool.Choice choice() {
    return new Tool.Choice(tool.id(), tool.description().measured(), evidence);
  }

  /** Returns the files of the migrations. */
  public List<MigrationFile> files() {
    return migrations.stream().map(Migration::file).toList();
  }

  /** Returns the migration of a file of the folder. */
  public Migration migration(MigrationFile file) {
    return migrations.stream().filter(m -> m.file().equals(file)).findFirst().orElseThrow();
  }

  /** Returns true if the version of every file is made of numbers. */
  public boolean isNumeric() {
    return migrations.stream().map(Migration::version).allMatch(NumericVersions::isVersion);
  }

  /** Returns true if a file has this version, in the tool's order. */
  public boolean has(String version) {
    return migrations.stream()
        .anyMatch(migration -> versionOrder.compare(migration.version(), version) == 0);
  }

  /**
   * Returns the version of the file that is meant by a version, or by a name as files and reports
   * have it: {@code 0142}, {@code 0142_orders}, {@code 0142_orders.sql}.
   */
  Optional<String> versionOf(String word) {
    return has(word)
        ? Optional.of(word)
        : migrations.stream()
            .map(Migration::file)
            .filter(
                file ->
                    Stream.of(file.title(), file.title() + SQL, file.fileName())
                        .anyMatch(word::equals))
            .map(MigrationFile::version)
            .findFirst();
  }

  /** Returns the version of a file that is the same number, where the tool compares strings. */
  Optional<String> otherSpelling(String version) {
    return migrations.stream()
        .map(Migration::version)
        .filter(_ -> NumericVersions.isVersion(version) && !has(version))
        .filter(NumericVersions::isVersion)
        .filter(other -> NumericVersions.ORDER.compare(other, version) == 0)
        .findFirst();
  }

  /**
   * Returns the versions nearest to a text, in order: around the number that it holds, else the
   * last ones.
   */
  List<String> nearest(String text) {
    List<String> versions = migrations.stream().map(Migration::version).distinct().toList();
    Matcher digits = DIGITS.matcher(text);
    long before =
        digits.find()
            ? versions.stream()
                .filter(version -> NumericVersions.ORDER.compare(version, digits.group()) < 0)
                .count()
            : versions.size();
    int first = (int) Math.max(0, Math.min(before - 1, versions.size() - MOST_NEAREST));
    return versions.subList(first, Math.min(versions.size(), first + MOST_NEAREST));
  }

  /** Returns those of the other files that look like migrations all the same. */
  public List<String> lookalikes() {
    return ignored.stream()
        .filter(file -> Character.isDigit(file.charAt(file.lastIndexOf('/') + 1)))
        .toList();
  }

  /** Returns pairs of neighbours, as sentences, whose order as strings is not that as numbers. */
  public List<String> orderWarnings() {
    List<String> warnings = new ArrayList<>();
    for (int i = 1; i < migrations.size(); i++) {
      String before = migrations.get(i - 1).version();
      String after = migrations.get(i).version();
      if (NumericVersions.isVersion(before)
          && NumericVersions.isVersion(after)
          && NumericVersions.ORDER.compare(before, after) > 0) {
        warnings.add(
            tool.id()
                + " runs version "
                + before
                + " before "
                + after
                + ": it compares versions as strings, not as numbers");
      }
    }
    return warnings;
  }

  /**
   * Returns the order in which a tool runs files that it sorts by version, and by name where
   * several have one.
   */
  public static Comparator<MigrationFile> order(Comparator<String> versionOrder) {
    return Comparator.comparing(MigrationFile::version, versionOrder)
        .thenComparing(file -> file.path().toString());
  }

  /** Returns the files whose version an earlier one has, in an order of versions. */
  public static List<MigrationFile> doubled(
      List<MigrationFile> files, Comparator<String> versionOrder) {
    Set<String> seen = new TreeSet<>(versionOrder);
    return files.stream().filter(file -> !seen.add(file.version())).toList();
  }

  /**
   * Returns the names of a folder's SQL files that a tool does not run, and below it of those that
   * look like migrations.
   *
   * @param companion the ending of files that belong to a migration
   */
  public static List<String> ignored(
      FolderFiles files, List<MigrationFile> migrations, String companion) {
    Set<Path> run = migrations.stream().map(MigrationFile::path).collect(Collectors.toSet());
    return Stream.concat(
            files.paths().stream()
                .filter(path -> FolderFiles.name(path).toLowerCase(Locale.ROOT).endsWith(SQL)),
            files.lookalikes().stream())
        .distinct()
        .filter(path -> !run.contains(path) && !FolderFiles.name(path).endsWith(companion))
        .map(path -> files.folder().relativize(path).toString())
        .toList();
  }
}
