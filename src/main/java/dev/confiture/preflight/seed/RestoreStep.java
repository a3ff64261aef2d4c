package dev.confiture.preflight.seed;

import dev.confiture.preflight.sql.Statement;

/** The way in which a statement of the schema file is restored. */
sealed interface RestoreStep {

  /** Sends the statement in one round trip with its neighbours. */
  record Batched(Statement statement, String sql) implements RestoreStep {}

  /** Sends the statement by itself. */
  record Alone(Statement statement, String sql) implements RestoreStep {}

  /** Sends a COPY with the rows that follow it. */
  record Copied(Statement statement, String rows) implements RestoreStep {}

  /** Sends transaction control of the file's own, by itself. */
  record Transaction(Statement statement) implements RestoreStep {}

  /** Sends nothing: the statement means nothing in the sandbox. */
  record Skipped() implements RestoreStep {}

  /** Sends nothing, for a reason that the report gives. */
  record LeftOut(String note) implements RestoreStep {}

  /** Sends nothing: the statement would reach out of the database. It becomes a restore gap. */
  record Refused(Statement statement, String reason) implements RestoreStep {}
}
