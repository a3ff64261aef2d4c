package dev.confiture.preflight.migrations.confiture;

import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.sql.Piece;
import dev.confiture.preflight.sql.Piece.CopyData;
import dev.confiture.preflight.sql.Piece.MetaCommand;
import dev.confiture.preflight.sql.Piece.Trivia;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.TransactionControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The parts of a file's text that confiture cannot deploy: it sends the text as one query, and is
 * not psql.
 */
final class ConfitureRefusals {

  private ConfitureRefusals() {}

  static List<Refusal> refusals(Script script) {
    List<Refusal> refusals = new ArrayList<>();
    if (script.source().hasByteOrderMark()) {
      refusals.add(
          refusal(
              0,
              1,
              "the file starts with a byte order mark, which confiture sends as part of the first"
                  + " statement: a syntax error",
              "save the file as UTF-8 without a byte order mark"));
    }
    for (Piece piece : script.pieces()) {
      switch (piece) {
        case Statement statement ->
            copy(statement)
                .or(
                    () ->
                        endOfTransaction(statement).filter(_ -> !isWrapperLine(script, statement)))
                .ifPresent(refusals::add);
        case MetaCommand command -> refusals.add(psqlCommand(command));
        case CopyData _, Trivia _ -> {}
      }
    }
    return refusals;
  }

  private static boolean isWrapperLine(Script script, Statement statement) {
    return TransactionWrapper.isRemoved(script.source(), statement.tokens().getFirst());
  }

  static Refusal psqlCommand(MetaCommand command) {
    return refusal(
        command.start(),
        command.start() + 1 + command.name().length(),
        "\\" + command.name() + " is a psql command, and confiture does not use psql",
        "write it in SQL");
  }

  static Optional<Refusal> copy(Statement statement) {
    if (statement.isCopyFromStdin()) {
      return Optional.of(
          refusal(
              statement,
              "COPY … FROM stdin needs psql, and confiture does not use psql",
              "write the rows as INSERT"));
    }
    return statement.isCopyToStdout()
        ? Optional.of(
            refusal(
                statement,
                "COPY … TO STDOUT needs psql: confiture uses psycopg, which refuses it",
                "read the rows with SELECT"))
        : Optional.empty();
  }

  static Optional<Refusal> endOfTransaction(Statement statement) {
    return TransactionControl.of(statement)
        .filter(TransactionControl::endsTransaction)
        .map(
            _ ->
                refusal(
                    statement,
                    statement.tokens().getFirst().text().toUpperCase(Locale.ROOT)
                        + " ends the transaction that confiture opened for this file, and its"
                        + " RELEASE SAVEPOINT then fails (3B001)",
                    "remove BEGIN and COMMIT: confiture opens and commits the transaction"));
  }

  static Refusal refusal(Statement statement, String message, String hint) {
    return refusal(statement.start(), statement.tokens().getFirst().end(), message, hint);
  }

  private static Refusal refusal(int start, int end, String message, String hint) {
    return new Refusal(Refusal.Stage.TEXT, start, end, message, Optional.of(hint));
  }
}
