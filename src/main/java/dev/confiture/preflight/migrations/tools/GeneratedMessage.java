package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.sql.Piece;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.List;

/** Tells how the server reads a value that psql's {@code \gexec} sends as one message. */
sealed interface GeneratedMessage {

  /** Statements, or none, which end in the same places for psql and for the server. */
  record Statements() implements GeneratedMessage {}

  /** A COPY that reads its rows from psql's input: the file behind the command. */
  record ReadsRows() implements GeneratedMessage {}

  /** No whole statements: a string, comment or parenthesis is open, or a backslash stands there. */
  record Broken() implements GeneratedMessage {}

  /** Statements that psql would end elsewhere, were they written in the file. */
  record Unsure() implements GeneratedMessage {}

  /** Stands behind a message, and is a statement of its own if that is whole. */
  String BEHIND = "\n;SELECT 1";

  /** Looks at a message. */
  static GeneratedMessage of(String message) {
    SourceText text = SourceText.of(message + BEHIND);
    Script server = Script.ofOneMessage(text);
    if (server.statements().stream().anyMatch(Statement::isCopyFromStdin)) {
      return new ReadsRows();
    }
    if (!isWhole(server)
        || server.pieces().stream().anyMatch(Piece.MetaCommand.class::isInstance)) {
      return new Broken();
    }
    return starts(Script.of(text)).equals(starts(server)) ? new Statements() : new Unsure();
  }

  private static boolean isWhole(Script script) {
    return !script.statements().isEmpty()
        && script.statements().getLast().text().equals("SELECT 1")
        && script.statements().getLast().end() == script.source().length()
        && script.statements().stream()
            .flatMap(statement -> statement.tokens().stream())
            .noneMatch(token -> token.kind() == Token.Kind.UNTERMINATED);
  }

  private static List<Integer> starts(Script script) {
    return script.statements().stream().map(Statement::start).toList();
  }
}
