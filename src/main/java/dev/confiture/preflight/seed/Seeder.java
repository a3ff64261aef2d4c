package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.problem.SandboxProblem;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.source.SchemaText;
import dev.confiture.preflight.sql.Statement;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Restores a schema file, as {@code psql -f} would, in far fewer round trips.
 *
 * <p>A statement that the server refuses never ends the restore: it is a gap. What would reach out
 * of the database is not sent: {@link Steps} says what, and what that leaves open.
 */
public final class Seeder {

  private static final int STEPS_BETWEEN_PROGRESS = 500;

  private final SchemaText schema;
  private final Session session;
  private final boolean superuser;
  private final Sender sender;
  private final Batch batch;
  private final Gaps gaps;
  private final Set<String> notes = new LinkedHashSet<>();
  private int refused;

  private Seeder(SchemaText schema, Session session, boolean superuser) {
    this.schema = schema;
    this.session = session;
    this.superuser = superuser;
    this.sender = new Sender(session);
    this.batch = new Batch(sender, this::refuse);
    this.gaps = new Gaps(schema.script());
  }

  /**
   * Restores.
   *
   * @param session in the empty database; not fit for anything else afterwards
   * @param superuser whether the session's user is one
   * @throws SandboxProblem if the server is lost, or nothing at all could be restored
   */
  public static Seeded restore(
      SchemaText schema, Session session, boolean superuser, RestoreProgress progress) {
    return new Seeder(schema, session, superuser).restore(progress);
  }

  /** The roles that a schema file names: those that are missing are made to restore it. */
  public static Set<String> roles(SchemaText schema) {
    return NamedRoles.of(schema.script());
  }

  private Seeded restore(RestoreProgress progress) {
    long start = System.nanoTime();
    String database = session.query("SELECT current_database()").getFirst().text(0);
    Map<String, ServerError> rolesRefused = new LinkedHashMap<>();
    List<String> roles =
        new StubRoles(session, superuser).make(NamedRoles.of(schema.script()), rolesRefused);
    rolesRefused.forEach(gaps::addRole);
    List<Step> steps = new Steps(superuser, database, roles).of(schema.script());
    int done = 0;
    int sent = 0;
    for (Step step : steps) {
      sent += take(step) ? 1 : 0;
      if (++done % STEPS_BETWEEN_PROGRESS == 0) {
        progress.done(done, steps.size());
      }
    }
    batch.flush();
    notes.addAll(gaps.advice());
    List<RestoreGap> found = gaps.all();
    if (sent > 0 && refused >= sent) {
      throw new SandboxProblem(
          "nothing of "
              + schema.origin()
              + " could be restored: "
              + found.getFirst().error().message(),
          "is it a schema for PostgreSQL? The statement is at line "
              + found.getFirst().position().line());
    }
    return new Seeded(
        found,
        roles,
        schema.script().statements().size(),
        (int) schema.script().statements().stream().filter(Seeder::makesTable).count(),
        (System.nanoTime() - start) / 1_000_000,
        List.copyOf(notes));
  }

  /** Whether the step was sent, or will be with its batch, and makes something of the schema. */
  private boolean take(Step step) {
    switch (step) {
      case Step.Batched batched -> {
        batch.add(batched);
        return !isSetting(batched.statement());
      }
      case Step.Alone(Statement statement, String sql) -> {
        batch.flush();
        answered(statement, sender.send(sql));
        return !isSetting(statement);
      }
      case Step.Copied(Statement statement, String rows) -> {
        batch.flush();
        answered(statement, sender.copy(statement.text(), rows));
        return true;
      }
      case Step.Transaction(Statement statement) -> {
        batch.flush();
        answered(statement, sender.sendAsItIs(statement.text()));
        return false;
      }
      case Step.Skipped _ -> {
        return false;
      }
      case Step.LeftOut(String note) -> {
        notes.add(note);
        return false;
      }
      case Step.Refused(Statement statement, String reason) -> {
        batch.flush();
        gaps.add(statement, reason + " is not restored: it reaches out of the database");
        return false;
      }
    }
  }

  private void answered(Statement statement, Answer answer) {
    switch (answer) {
      case Answer.Completed _ -> {}
      case Answer.Refused(ServerError error, _) -> refuse(statement, error);
      case Answer.Lost(String reason, _, _, _) -> throw Batch.lost(reason);
    }
  }

  private void refuse(Statement statement, ServerError error) {
    if (Tolerated.is(statement, error)) {
      return;
    }
    refused += isSetting(statement) ? 0 : 1;
    if (!superuser && error.is(SqlState.INSUFFICIENT_PRIVILEGE) && givesRights(statement)) {
      gaps.addRight(statement, error);
    } else {
      gaps.add(statement, error);
    }
  }

  /** An owner, a grant, or the wish to be somebody. */
  private static boolean givesRights(Statement s) {
    return s.is(0, "grant")
        || s.is(0, "revoke")
        || s.is(0, "set")
        || s.startsWith("alter", "default", "privileges")
        || (s.is(0, "alter") && s.is(s.tokens().size() - 3, "owner"));
  }

  /** Settings of the session are of no account when everything else fails. */
  private static boolean isSetting(Statement s) {
    return s.is(0, "set")
        || (s.is(0, "select") && s.tokens().stream().anyMatch(token -> token.is("set_config")));
  }

  private static boolean makesTable(Statement statement) {
    return statement.is(0, "create") && (statement.is(1, "table") || statement.is(2, "table"));
  }
}
