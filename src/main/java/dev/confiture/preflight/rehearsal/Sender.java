package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.sql.Piece;
import dev.confiture.preflight.sql.Piece.CopyData;
import dev.confiture.preflight.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sends the statements of one file, a COPY together with its data. */
final class Sender {

  private final MigratingSession session;
  private final Outgoing outgoing;
  private final Map<Integer, CopyData> dataOf = new HashMap<>();

  Sender(MigratingSession session, Outgoing outgoing) {
    this.session = session;
    this.outgoing = outgoing;
    for (Piece piece : outgoing.script().pieces()) {
      if (piece instanceof CopyData data) {
        dataOf.put(data.copy().start(), data);
      }
    }
  }

  List<Statement> statements() {
    return outgoing.script().statements();
  }

  Answer send(Statement statement) {
    if (statement.isCopyFromStdin()) {
      CopyData data = dataOf.get(statement.start());
      return session.copyIn(statement.text(), data == null ? "" : data.rows());
    }
    if (statement.isCopyToStdout()) {
      return session.copyOut(statement.text());
    }
    return session.send(outgoing.text(statement), 1);
  }
}
