package dev.confiture.preflight.action;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Advice in the words of a workflow. */
final class InputNamesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name the folder with --migrations-dir|name the folder with migrations_dir",
        "raise --time-limit, or --since|raise time_limit, or since",
        "name a server with --against URL|name a server with sandbox_url",
        "more time with --source-timeout|more time with source_timeout",
        "read --source|read source_url",
        "ask with psql -c|ask with psql -c",
        "make one with: pg_dump --schema-only --file=x|make one with: pg_dump --schema-only --file=x",
        "not executed: --no-python was given|not executed: the input python is false",
        "check the host's name in --against|check the host's name in sandbox_url: that of a service"
            + " container is its label in the workflow",
        "authority, as sslrootcert in the URL of --source|authority, with source_ca_file",
        "password in the URL of --source, or by PGPASSWORD|password in source_url, or by"
            + " source_password",
        "install the package postgresql-client-17 (from there), or name the folder of one with"
            + " --postgres-bin|use the action's tag for PostgreSQL 17 or later (v1-pg17)",
        "decide otherwise: name a server of that version with --against or"
            + " --postgres-bin|decide otherwise: name a service container of that version with"
            + " sandbox_url, or use the action's tag for it (v1-pgN)"
      })
  void optionsBecomeInputs(String option, String input) {
    assertEquals(input, Inputs.named(option));
  }
}
