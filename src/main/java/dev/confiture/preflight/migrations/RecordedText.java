package dev.confiture.preflight.migrations;

import dev.confiture.preflight.sql.Piece;
import dev.confiture.preflight.sql.Piece.CopyData;
import dev.confiture.preflight.sql.Piece.MetaCommand;
import dev.confiture.preflight.sql.Piece.Trivia;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What confiture cannot deploy of the SQL of a Python file: psycopg sends it as it is, and within
 * the transaction that confiture has opened.
 */
final class RecordedText {

  private RecordedText() {}

  static List<Refusal> refusals(Recording recording) {
    List<Refusal> refusals = new ArrayList<>();
    for (Piece piece : recording.script().pieces()) {
      switch (piece) {
        case Statement statement ->
            ConfitureText.copy(statement)
                .or(
                    () ->
                        ConfitureText.endOfTransaction(statement)
                            .filter(_ -> recording.transactional()))
                .ifPresent(refusals::add);
        case MetaCommand command -> refusals.add(ConfitureText.psqlCommand(command));
        case CopyData _, Trivia _ -> {}
      }
    }
    IntStream.range(0, recording.calls().size())
        .filter(call -> recording.calls().get(call).hasParameters())
        .mapToObj(call -> recording.statements(call).stream().skip(1).limit(1))
        .flatMap(second -> second.map(RecordedText::secondCommand))
        .forEach(refusals::add);
    return refusals;
  }

  private static Refusal secondCommand(Statement second) {
    return ConfitureText.refusal(
        second,
        "cannot insert multiple commands into a prepared statement: that is what psycopg makes of"
            + " a text with parameters",
        "execute each statement by a call of its own");
  }
}
