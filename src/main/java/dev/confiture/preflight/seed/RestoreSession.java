package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.seed.RestorePlan.Step;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.Session.TransactionStatus;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Sends the statements of a schema, which the server may refuse: many in one round trip.
 *
 * <p>The server runs a batch as one <a
 * href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT">implicit
 * transaction</a>: if one statement fails, none takes effect, and the batch is narrowed down to the
 * failing one, by the error's position or by halves.
 *
 * <p>In a transaction of the file's own, a savepoint keeps the rest of it: psql would lose the
 * whole transaction to one statement that the sandbox cannot run.
 */
final class RestoreSession {

  private static final String SAVE = "SAVEPOINT preflight_restore";
  private static final String KEEP = "RELEASE SAVEPOINT preflight_restore";
  private static final String UNDO =
      "ROLLBACK TO SAVEPOINT preflight_restore; RELEASE SAVEPOINT preflight_restore";

  private static final int MOST_STATEMENTS = 100;
  private static final int MOST_CHARACTERS = 256 * 1024;
  private static final String BETWEEN = ";\n";

  private final Session session;
  private final List<String> firstSchemas;
  private final BiConsumer<Statement, ServerError> refused;
  private final List<Step.Batched> batch = new ArrayList<>();
  private int characters;

  /**
   * Sends over a session.
   *
   * @param firstSchemas the schemas in which a name without one is looked up first, where the file
   *     leaves no search path
   * @param refused is given each statement that the server refuses
   */
  RestoreSession(
      Session session, List<String> firstSchemas, BiConsumer<Statement, ServerError> refused) {
    this.session = session;
    this.firstSchemas = List.copyOf(firstSchemas);
    this.refused = refused;
  }

  /** Sends a statement with its neighbours, once there are enough of them. */
  void add(Step.Batched step) {
    batch.add(step);
    characters += step.sql().length();
    if (batch.size() >= MOST_STATEMENTS || characters >= MOST_CHARACTERS) {
      flush();
    }
  }

  /** Sends the statements that wait in the batch. */
  void flush() {
    if (!batch.isEmpty()) {
      List<Step.Batched> waiting = List.copyOf(batch);
      batch.clear();
      characters = 0;
      sendAll(waiting);
    }
  }

  /** Sends a statement by itself. */
  void send(Statement statement, String sql) {
    flush();
    answered(statement, attempt(sql));
  }

  /** Sends transaction control of the file's own, without a savepoint. */
  void sendPlainly(Statement statement) {
    flush();
    answered(statement, session.execute(statement.text()));
  }

  /** Sends a COPY and its rows. */
  void copy(Statement statement, String rows) {
    flush();
    Supplier<Answer> copy = () -> session.copyIn(statement.text(), rows);
    answered(statement, onSomePath(saved(copy), copy));
  }

  /**
   * Sends a statement by itself in another form than the file's, whatever waits in the batch.
   *
   * @return the answer; the position of an error is one of this form
   */
  Answer attempt(String sql) {
    return onSomePath(execute(sql), () -> session.execute(sql));
  }

  private void answered(Statement statement, Answer answer) {
    switch (answer) {
      case Answer.Completed _ -> {}
      case Answer.Refused(ServerError error, _) -> refused.accept(statement, error);
      case Answer.Lost(String reason, _, _, _) -> throw lost(reason);
    }
  }

  /**
   * Sends once more, with a search path, what found a name nowhere. A dump leaves the path empty,
   * and a function that an index, a generated column, a constraint or a row's calls may name
   * another one without its schema: production's path shows it.
   */
  private Answer onSomePath(Answer answer, Supplier<Answer> again) {
    if (!(answer instanceof Answer.Refused refusal)
        || !refusal.error().saysUndefined()
        || inTransaction()
        || !isPathEmpty()) {
      return answer;
    }
    session.run("SET search_path = " + schemas());
    Answer second = again.get();
    if (!(second instanceof Answer.Lost)) {
      session.run("SELECT set_config('search_path', '', false)");
    }
    return second instanceof Answer.Refused ? answer : second;
  }

  private boolean isPathEmpty() {
    return session
        .query("SELECT pg_catalog.btrim(pg_catalog.current_setting('search_path'), '\"') = ''")
        .getFirst()
        .isTrue(0);
  }

  /** Returns all schemas that are there: those that are looked into first, then public. */
  private String schemas() {
    String order =
        firstSchemas.stream().map(Identifiers::literal).collect(Collectors.joining(", "));
    return session
        .query(
            "SELECT string_agg(quote_ident(nspname), ', ' ORDER BY array_position(ARRAY["
                + order
                + "]::text[], nspname::text), nspname <> 'public', oid) FROM pg_namespace"
                + " WHERE nspname = 'public' OR oid >= 16384")
        .getFirst()
        .text(0);
  }

  /** Returns true in a transaction of the file's own. */
  boolean inTransaction() {
    return session.transactionStatus() == TransactionStatus.IN_BLOCK;
  }

  /** Returns the session's user. */
  String user() {
    return session.query("SELECT current_user").getFirst().text(0);
  }

  /** Executes a command at once, whatever waits in the batch. */
  Answer execute(String sql) {
    return saved(() -> session.execute(sql));
  }

  private Answer saved(Supplier<Answer> sent) {
    if (!inTransaction()) {
      return sent.get();
    }
    session.run(SAVE);
    Answer answer = sent.get();
    switch (answer) {
      case Answer.Completed _ -> session.run(KEEP);
      case Answer.Refused _ -> session.run(UNDO);
      case Answer.Lost _ -> {}
    }
    return answer;
  }

  private void sendAll(List<Step.Batched> steps) {
    StringBuilder sql = new StringBuilder();
    for (Step.Batched step : steps) {
      sql.append(step.sql()).append(BETWEEN);
    }
    switch (execute(sql.toString())) {
      case Answer.Completed _ -> {}
      case Answer.Refused(ServerError error, _) -> narrowDown(steps, error);
      case Answer.Lost(String reason, _, _, _) -> throw lost(reason);
    }
  }

  private void narrowDown(List<Step.Batched> steps, ServerError error) {
    if (steps.size() == 1) {
      String sql = steps.getFirst().sql();
      answered(
          steps.getFirst().statement(),
          onSomePath(new Answer.Refused(error), () -> session.execute(sql)));
      return;
    }
    int failing = failing(steps, error.position());
    if (failing >= 0 && !error.is(SqlState.SYNTAX_ERROR)) {
      if (failing > 0) {
        sendAll(steps.subList(0, failing));
      }
      sendAll(steps.subList(failing, failing + 1));
      if (failing + 1 < steps.size()) {
        sendAll(steps.subList(failing + 1, steps.size()));
      }
      return;
    }
    int half = steps.size() / 2;
    sendAll(steps.subList(0, half));
    sendAll(steps.subList(half, steps.size()));
  }

  /** Returns the index of the statement that a position (from 1, 0 for none) is in, or -1. */
  private static int failing(List<Step.Batched> steps, int position) {
    int end = 0;
    for (int i = 0; i < steps.size() && position > 0; i++) {
      String sql = steps.get(i).sql();
      end += sql.codePointCount(0, sql.length()) + BETWEEN.length();
      if (position <= end) {
        return i;
      }
    }
    return -1;
  }

  static SandboxProblem lost(String reason) {
    return new SandboxProblem(
        "the server was lost while the schema was restored: " + reason,
        "look into the server's log, and run again");
  }
}
