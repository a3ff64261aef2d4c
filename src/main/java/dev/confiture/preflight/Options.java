package dev.confiture.preflight;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.rehearsal.Limits;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the user asked for, checked.
 *
 * @param schemaFile what to seed from; empty: the {@code against} database is seeded already
 * @param against the server to rehearse on; empty: the embedded one
 * @param migrationsDir the folder with the migration files
 * @param convention an id, or {@code auto}
 * @param since the first version to rehearse, inclusive
 * @param appliedFrom a file with the versions that are applied, one a line
 * @param runAs the role to run migrations as
 * @param binaries a folder with PostgreSQL's server programs for the embedded server
 * @param limits how long things may take
 * @param environment the process's environment, handed down
 */
public record Options(
    Optional<Path> schemaFile,
    Optional<ConnectionString> against,
    Path migrationsDir,
    String convention,
    Optional<String> since,
    Optional<Path> appliedFrom,
    Optional<String> runAs,
    Optional<Path> binaries,
    Limits limits,
    Map<String, String> environment) {

  public Options {
    environment = Map.copyOf(environment);
  }
}
