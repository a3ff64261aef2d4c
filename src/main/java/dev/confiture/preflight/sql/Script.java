package dev.confiture.preflight.sql;

import java.util.List;

/** A text and the pieces it is made of. */
public record Script(SourceText source, List<Piece> pieces, List<Statement> statements) {

  public Script {
    pieces = List.copyOf(pieces);
    statements = List.copyOf(statements);
  }

  /** Splits a text as psql would. */
  public static Script of(SourceText source) {
    List<Piece> pieces = new Splitter(source).split();
    List<Statement> statements = new java.util.ArrayList<>();
    for (Piece piece : pieces) {
      if (piece instanceof Statement statement) {
        statements.add(statement);
      }
    }
    return new Script(source, pieces, statements);
  }
}
