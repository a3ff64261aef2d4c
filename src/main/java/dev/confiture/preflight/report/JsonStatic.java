package dev.confiture.preflight.report;

import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.StaticCheck;
import dev.confiture.preflight.migrations.StaticCheck.CheckedMigration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The check of the files as JSON: confiture's nine keys first. */
record JsonStatic(
    boolean safeToDeploy,
    boolean allReversible,
    boolean allTransactional,
    boolean hasDuplicates,
    boolean hasChecksumMismatches,
    boolean checksumVerified,
    List<CheckedJson> migrations,
    Map<String, List<String>> duplicateVersions,
    List<String> checksumMismatches,
    String convention,
    List<String> ignored,
    List<String> notes,
    String conventionToldBy) {

  /** A migration file: confiture's seven keys first. */
  record CheckedJson(
      String version,
      String name,
      boolean hasDown,
      boolean reversible,
      boolean fullyTransactional,
      List<String> nonTransactionalStatements,
      Optional<String> checksum,
      String file,
      Optional<String> loadError) {

    private static CheckedJson of(CheckedMigration migration) {
      MigrationFile file = migration.file();
      return new CheckedJson(
          file.version(),
          JsonStatic.name(file),
          migration.hasDown(),
          migration.reversible(),
          migration.fullyTransactional(),
          migration.nonTransactionalStatements(),
          migration.checksum(),
          file.path().toString(),
          migration.loadError());
    }
  }

  static JsonStatic of(StaticCheck check) {
    return new JsonStatic(
        check.safeToDeploy(),
        check.allReversible(),
        check.allTransactional(),
        check.hasDuplicates(),
        check.hasChecksumMismatches(),
        check.checksumVerified(),
        check.migrations().stream().map(CheckedJson::of).toList(),
        check.duplicateVersions(),
        check.checksumMismatches(),
        check.tool().id(),
        check.ignored(),
        check.notes(),
        check.tool().evidence());
  }

  /** Returns confiture's name of a file: the whole base name where it has only one part. */
  static String name(MigrationFile file) {
    return file.name().isEmpty() ? file.version() : file.name();
  }
}
