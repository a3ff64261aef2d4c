package dev.confiture.preflight.seed;

import dev.confiture.preflight.sql.Statement;

/** What is done with a statement of the schema file. */
sealed interface Step {

  /** Sent together with its neighbours. */
  record Batched(Statement statement, String sql) implements Step {}

  /** Sent by itself. */
  record Alone(Statement statement, String sql) implements Step {}

  /** Sent with the rows that follow it. */
  record Copied(Statement statement, String rows) implements Step {}

  /** Transaction control of the file's own, sent by itself. */
  record Transaction(Statement statement) implements Step {}

  /** Not sent, since it means nothing here. */
  record Skipped() implements Step {}

  /** Not sent, for a reason that the report gives. */
  record LeftOut(String note) implements Step {}

  /** Not sent: it would reach out of the database. */
  record Refused(Statement statement, String reason) implements Step {}
}
