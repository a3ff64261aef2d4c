package dev.confiture.preflight.source;

import dev.confiture.preflight.sql.Script;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A schema as SQL text: a plain dump of pg_dump's, or any other script that makes a schema.
 *
 * @param origin where it is from, for people: a file as the user wrote it, or a server's URL
 *     without secrets
 * @param serverVersion the version of the server that it was dumped from, if it says so
 * @param dumpVersion the version of the pg_dump that wrote it, if it says so
 * @param database the database that it makes, where it was written by {@code pg_dump --create}
 */
public record SchemaText(
    String origin,
    Script script,
    Optional<String> serverVersion,
    Optional<String> dumpVersion,
    Optional<String> database) {

  /** Of a major version: more make no version of PostgreSQL's. */
  private static final int MOST_DIGITS = 3;

  /** The major version of that server. */
  public OptionalInt serverMajor() {
    String digits = serverVersion.orElse("").split("[^0-9]", 2)[0];
    return digits.isEmpty() || digits.length() > MOST_DIGITS
        ? OptionalInt.empty()
        : OptionalInt.of(Integer.parseInt(digits));
  }
}
