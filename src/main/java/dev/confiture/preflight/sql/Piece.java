package dev.confiture.preflight.sql;

import java.util.Set;

/** A part of a script. The pieces, put together, are the script's text exactly. */
public sealed interface Piece permits Statement, Piece.CopyData, Piece.MetaCommand, Piece.Trivia {

  /** Returns the offset of the piece's first code point. */
  int start();

  /** Returns the offset after the piece's last code point. */
  int end();

  /**
   * The data lines of a {@code COPY … FROM stdin}, from the line after the statement on.
   *
   * @param copy the statement that reads them; others may follow it on its line
   * @param end the offset after the line {@code \.}, or the text's end where that line is missing
   * @param rows the lines without that last one
   */
  record CopyData(Statement copy, int start, int end, String rows) implements Piece {}

  /**
   * A psql command, from its backslash to the end of its line or to the next backslash outside
   * quotes.
   *
   * @param name without the backslash, for example {@code restrict}
   */
  record MetaCommand(int start, int end, String name) implements Piece {

    /** The commands that change psql's output and nothing else. */
    private static final Set<String> DISPLAY =
        Set.of("echo", "qecho", "warn", "timing", "pset", "x", "a", "t");

    /** Returns true if the SQL means the same without it: it changes psql's output or guards it. */
    public boolean isWithoutEffect() {
      return DISPLAY.contains(name) || name.equals("restrict") || name.equals("unrestrict");
    }
  }

  /** Blanks, comments, lone semicolons, a byte order mark: nothing that a server would execute. */
  record Trivia(int start, int end) implements Piece {}
}
