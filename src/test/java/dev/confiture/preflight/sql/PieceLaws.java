package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.sql.Piece.CopyData;
import dev.confiture.preflight.sql.Piece.MetaCommand;
import dev.confiture.preflight.sql.Piece.Trivia;
import java.util.ArrayList;
import java.util.List;

/** What is true of the pieces of any text, however wrong it is. */
final class PieceLaws {

  private PieceLaws() {}

  /** The pieces' own parts of the text, put together. */
  static String join(Script script) {
    StringBuilder joined = new StringBuilder();
    for (Piece piece : script.pieces()) {
      joined.append(script.source().substring(piece.start(), piece.end()));
    }
    return joined.toString();
  }

  static void hold(String text) {
    Script script = Script.of(SourceText.of(text));
    assertEquals(text, join(script));
    int at = 0;
    List<Integer> copies = new ArrayList<>();
    for (Piece piece : script.pieces()) {
      assertEquals(at, piece.start(), "pieces overlap, or leave something out");
      at = piece.end();
      switch (piece) {
        case Statement statement -> {
          tokensHold(statement);
          if (statement.isCopyFromStdin()) {
            copies.add(statement.start());
          }
        }
        case CopyData data -> {
          assertEquals(
              copies.removeFirst(), data.copy().start(), "data go to the first COPY that waits");
          assertTrue(script.source().substring(data.start(), data.end()).startsWith(data.rows()));
        }
        case MetaCommand command -> {
          assertTrue(
              script
                  .source()
                  .substring(command.start(), command.end())
                  .startsWith("\\" + command.name()));
          if (readsInput(script.source(), command)) {
            copies.add(command.start() + 1);
          }
        }
        case Trivia trivia -> nothingToExecute(script.source(), trivia);
      }
    }
    assertEquals(script.source().length(), at);
    assertTrue(copies.isEmpty(), "a COPY has no data");
  }

  /** Returns true for psql's own COPY of what follows it. */
  private static boolean readsInput(SourceText source, MetaCommand command) {
    int start = command.start() + 1;
    return command.name().equals("copy")
        && new Statement(source, start, command.end(), Lexer.tokens(source, start, command.end()))
            .isCopyFromStdin();
  }

  private static void tokensHold(Statement statement) {
    assertFalse(statement.tokens().isEmpty());
    assertEquals(statement.start(), statement.tokens().getFirst().start());
    int at = statement.start();
    for (Token token : statement.tokens()) {
      assertTrue(token.start() >= at && token.end() > token.start(), "tokens overlap");
      assertEquals(token.text(), statement.source().substring(token.start(), token.end()));
      assertFalse(token.isTrivia());
      at = token.end();
    }
    String tail = statement.source().substring(at, statement.end());
    assertTrue(tail.isEmpty() || tail.endsWith(";"), "a statement ends at its semicolon");
  }

  private static void nothingToExecute(SourceText source, Trivia trivia) {
    assertTrue(trivia.end() > trivia.start());
    int start = trivia.start() == 0 && source.hasByteOrderMark() ? 1 : trivia.start();
    for (Token token : Lexer.tokens(source, start, trivia.end())) {
      assertTrue(token.isMark(";"), () -> "not executed: " + token.text());
    }
  }
}
