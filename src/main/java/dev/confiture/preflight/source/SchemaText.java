package dev.confiture.preflight.source;

import dev.confiture.preflight.postgres.Undumped;
import dev.confiture.preflight.sql.Script;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A schema as SQL text: a plain dump of pg_dump's, or any other script that makes a schema.
 *
 * @param origin the file as the user wrote its path, or the server's URL without secrets
 * @param serverVersion the version of the server that was dumped, if the text tells it
 * @param dumpVersion the version of the pg_dump that wrote it, if the text tells it
 * @param database the database that the text creates, if pg_dump wrote it with {@code --create}
 * @param undumped what production has and the text does not make, as far as that is known
 */
public record SchemaText(
    String origin,
    Script script,
    Optional<String> serverVersion,
    Optional<String> dumpVersion,
    Optional<String> database,
    Undumped undumped) {

  /** A major version has no more; what has more is not PostgreSQL's. */
  private static final int MOST_DIGITS = 3;

  /** Returns the major version of the server that was dumped. */
  public OptionalInt serverMajor() {
    String digits = serverVersion.orElse("").split("[^0-9]", 2)[0];
    return digits.isEmpty() || digits.length() > MOST_DIGITS
        ? OptionalInt.empty()
        : OptionalInt.of(Integer.parseInt(digits));
  }
}
