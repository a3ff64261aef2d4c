package dev.confiture.preflight.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * An SQL text, split into pieces.
 *
 * @param oneMessage true if the server gets the text in one message: it reads all of a <a
 *     href="https://www.postgresql.org/docs/current/protocol-flow.html">simple query</a> before a
 *     setting in it takes effect
 */
public record Script(
    SourceText source, List<Piece> pieces, List<Statement> statements, boolean oneMessage) {

  public Script {
    pieces = List.copyOf(pieces);
    statements = List.copyOf(statements);
  }

  /** Splits a text as psql does. */
  public static Script of(SourceText source) {
    return ofPieces(source, Splitter.ofStatements(source).split(), false);
  }

  /** Splits a text as the server does that gets it in one message. */
  public static Script ofOneMessage(SourceText source) {
    return ofPieces(source, Splitter.ofMessage(source, 0, source.length()).split(), true);
  }

  /** Splits another text in the way in which this one was. */
  public Script resplit(SourceText other) {
    return oneMessage ? ofOneMessage(other) : of(other);
  }

  /**
   * Splits each part of a text by itself: a statement or string that is open at its end ends there.
   *
   * @param starts where the parts start; one ends where the next starts
   */
  public static Script of(SourceText source, List<Integer> starts) {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      int end = i + 1 < starts.size() ? starts.get(i + 1) : source.length();
      pieces.addAll(Splitter.ofMessage(source, starts.get(i), end).split());
    }
    return ofPieces(source, pieces, true);
  }

  /** Splits one part of a text and leaves out the rest. */
  public static Script of(SourceText source, int start, int end) {
    return ofPieces(source, Splitter.ofMessage(source, start, end).split(), true);
  }

  /** Returns the pieces that start in a part of the text. */
  public Script part(int start, int end) {
    return ofPieces(
        source,
        pieces.stream().filter(piece -> piece.start() >= start && piece.start() < end).toList(),
        oneMessage);
  }

  private static Script ofPieces(SourceText source, List<Piece> pieces, boolean oneMessage) {
    List<Statement> statements = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece instanceof Statement statement) {
        statements.add(statement);
      }
    }
    return new Script(source, pieces, statements, oneMessage);
  }
}
