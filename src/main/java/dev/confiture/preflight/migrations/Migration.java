package dev.confiture.preflight.migrations;

/** A migration file with its text. */
public record Migration(MigrationFile file, MigrationText text) {

  public String version() {
    return file.version();
  }
}
