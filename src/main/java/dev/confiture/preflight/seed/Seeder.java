package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.problem.SandboxProblem;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.source.SchemaFile;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Restores a schema file, as {@code psql -f} would, in far fewer round trips.
 *
 * <p>A statement that the server refuses never ends the restore: it is a gap. The file may come
 * from a pull request, and the restore is a superuser's: what would reach out of the database
 * (files, programs, C, other servers) is not sent.
 */
public final class Seeder {

  private final Session session;
  private final Batch batch;
  private final Gaps gaps = new Gaps();
  private final Set<String> notes = new LinkedHashSet<>();
  private int refused;

  private Seeder(Session session) {
    this.session = session;
    this.batch =
        new Batch(
            session,
            (statement, error) -> {
              gaps.add(statement, error);
              refused++;
            });
  }

  /**
   * Restores.
   *
   * @param session in the empty database; not fit for anything else afterwards
   * @param superuser whether the session's user is one
   * @throws SandboxProblem if the server is lost, or nothing at all could be restored
   */
  public static Seeded restore(
      SchemaFile schema, Session session, boolean superuser, RestoreProgress progress) {
    return new Seeder(session).restore(schema, superuser, progress);
  }

  private Seeded restore(SchemaFile schema, boolean superuser, RestoreProgress progress) {
    long start = System.nanoTime();
    if (schema.truncated()) {
      notes.add(schema.file() + " begins as a dump of pg_dump's and has no end: is it complete?");
    }
    String database = session.query("SELECT current_database()").getFirst().text(0);
    List<ServerError> rolesRefused = new ArrayList<>();
    List<String> roles =
        new StubRoles(session, superuser).make(NamedRoles.of(schema.script()), rolesRefused);
    if (!rolesRefused.isEmpty()) {
      gaps.add(
          schema.script().statements().getFirst(),
          rolesRefused.size()
              + " roles that the schema names could not be made here: "
              + rolesRefused.getFirst().message());
    }
    List<Step> steps = new Steps(superuser, database).of(schema.script());
    int done = 0;
    int sent = 0;
    for (Step step : steps) {
      sent += take(step) ? 1 : 0;
      if (++done % 500 == 0) {
        progress.done(done, steps.size());
      }
    }
    batch.flush();
    List<RestoreGap> found = gaps.all();
    if (sent > 0 && refused >= sent) {
      throw new SandboxProblem(
          "nothing of "
              + schema.file()
              + " could be restored: "
              + found.getFirst().error().message(),
          "is it a schema for PostgreSQL? The statement is at line "
              + found.getFirst().position().line());
    }
    return new Seeded(
        found,
        roles,
        steps.size(),
        (int) schema.script().statements().stream().filter(Seeder::makesTable).count(),
        (System.nanoTime() - start) / 1_000_000,
        List.copyOf(notes));
  }

  /** Whether the step was sent, or will be with its batch. */
  private boolean take(Step step) {
    switch (step) {
      case Step.Batched batched -> {
        batch.add(batched);
        return true;
      }
      case Step.Alone(Statement statement, String sql) -> {
        batch.flush();
        refusedOrLost(statement, session.execute(sql));
        // Settings of the session are of no account when everything else fails.
        return !statement.is(0, "set");
      }
      case Step.Copied(Statement statement, String rows) -> {
        batch.flush();
        refusedOrLost(statement, session.copyIn(statement.text(), rows));
        return true;
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

  private void refusedOrLost(Statement statement, Answer answer) {
    switch (answer) {
      case Answer.Completed _ -> {}
      case Answer.Refused(ServerError error) -> {
        // A newer pg_dump's header sets what an older server does not know, and need not.
        if (!(statement.is(0, "set")
            && error.is(SqlState.UNDEFINED_OBJECT)
            && isHeader(statement))) {
          gaps.add(statement, error);
          refused += statement.is(0, "set") ? 0 : 1;
        }
      }
      case Answer.Lost(String reason, Optional<ServerError> _) -> throw Batch.lost(reason);
    }
  }

  private static boolean isHeader(Statement set) {
    String name = set.tokens().size() > 1 ? set.tokens().get(1).identifier() : "";
    return name.endsWith("_timeout")
        || name.equals("default_table_access_method")
        || name.equals("row_security")
        || name.equals("xmloption");
  }

  private static boolean makesTable(Statement statement) {
    return statement.is(0, "create") && (statement.is(1, "table") || statement.is(2, "table"));
  }
}
