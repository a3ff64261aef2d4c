package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.seed.RestorePlan.Step;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Sends statements in one round trip.
 *
 * <p>The server runs them as one <a
 * href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT">implicit
 * transaction</a>: if one fails, none takes effect, and the batch is narrowed down to the failing
 * one, by the error's position or by halves.
 */
final class StatementBatch {

  private static final int MOST_STATEMENTS = 100;
  private static final int MOST_CHARACTERS = 256 * 1024;
  private static final String BETWEEN = ";\n";

  private final RestoreSession session;
  private final BiConsumer<Statement, ServerError> refused;
  private final List<Step.Batched> steps = new ArrayList<>();
  private int characters;

  /** Makes an empty batch; {@code refused} is given each statement that the server refuses. */
  StatementBatch(RestoreSession session, BiConsumer<Statement, ServerError> refused) {
    this.session = session;
    this.refused = refused;
  }

  void add(Step.Batched step) {
    steps.add(step);
    characters += step.sql().length();
    if (steps.size() >= MOST_STATEMENTS || characters >= MOST_CHARACTERS) {
      flush();
    }
  }

  void flush() {
    if (!steps.isEmpty()) {
      send(List.copyOf(steps));
      steps.clear();
      characters = 0;
    }
  }

  private void send(List<Step.Batched> batch) {
    StringBuilder sql = new StringBuilder();
    for (Step.Batched step : batch) {
      sql.append(step.sql()).append(BETWEEN);
    }
    switch (session.send(sql.toString())) {
      case Answer.Completed _ -> {}
      case Answer.Refused(ServerError error, _) -> narrowDown(batch, error);
      case Answer.Lost(String reason, _, _, _) -> throw lost(reason);
    }
  }

  private void narrowDown(List<Step.Batched> batch, ServerError error) {
    if (batch.size() == 1) {
      refused.accept(batch.getFirst().statement(), error);
      return;
    }
    int failing = session.inTransaction() ? -1 : failing(batch, error.position());
    if (failing >= 0 && !error.is(SqlState.SYNTAX_ERROR)) {
      if (failing > 0) {
        send(batch.subList(0, failing));
      }
      send(batch.subList(failing, failing + 1));
      if (failing + 1 < batch.size()) {
        send(batch.subList(failing + 1, batch.size()));
      }
      return;
    }
    int half = batch.size() / 2;
    send(batch.subList(0, half));
    send(batch.subList(half, batch.size()));
  }

  /** Returns the index of the statement that a position (from 1, 0 for none) is in, or -1. */
  private static int failing(List<Step.Batched> batch, int position) {
    int end = 0;
    for (int i = 0; i < batch.size() && position > 0; i++) {
      String sql = batch.get(i).sql();
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
