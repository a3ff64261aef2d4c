package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file as <a href="https://github.com/rubenv/sql-migrate">sql-migrate</a> reads it: line by line,
 * a statement ends at a line whose last word ends in a semicolon, whatever quotes are open; lines
 * that begin with a comment are left out, and so is all before the first marker.
 *
 * @param starts where each statement begins
 * @param notSent the places that are not sent
 * @param transactional true if sql-migrate opens a transaction
 * @param hasDown true if there is a part that goes down
 * @param refusals the reasons for which sql-migrate does not run the file
 */
record SqlMigrateText(
    List<Integer> starts,
    List<Span> notSent,
    boolean transactional,
    boolean hasDown,
    List<Refusal> refusals) {

  private static final String MARKER = "-- +migrate ";
  private static final String NO_TERMINATOR =
      "sql-migrate does not run the file: The last statement must be ended by a semicolon or"
          + " '-- +migrate StatementEnd' marker";

  SqlMigrateText {
    starts = List.copyOf(starts);
    notSent = List.copyOf(notSent);
    refusals = List.copyOf(refusals);
  }

  /** Returns true if a line of a text is one of sql-migrate's markers, hidden or not. */
  static boolean hasMarker(SourceText text) {
    for (int line = 1; line <= text.lineCount(); line++) {
      if (text.line(line).startsWith(MARKER)) {
        return true;
      }
    }
    return false;
  }

  /** Reads a file. */
  static SqlMigrateText of(SourceText text) {
    Reader reader = new Reader(text);
    for (int line = 1; line <= text.lineCount(); line++) {
      reader.read(line);
    }
    return reader.end();
  }

  /** Returns true if the last word before a comment ends in a semicolon. */
  static boolean endsStatement(String line) {
    String last = "";
    for (String word : line.strip().split("\\s+", -1)) {
      if (word.startsWith("--")) {
        break;
      }
      last = word;
    }
    return last.endsWith(";");
  }

  private enum Direction {
    NONE,
    UP,
    DOWN
  }

  private static final class Reader {

    private final SourceText text;
    private final List<Integer> starts = new ArrayList<>();
    private final List<Span> notSent = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private Direction direction = Direction.NONE;
    private boolean inStatement;
    private boolean transactional = true;
    private boolean hasUp;
    private boolean hasDown;

    /** The first line of an unfinished statement; 0 for none. */
    private int begun;

    Reader(SourceText text) {
      this.text = text;
    }

    private void read(int number) {
      String line = text.line(number);
      boolean hidden = number == 1 && text.hasByteOrderMark();
      boolean ended = false;
      if (!hidden && line.startsWith(MARKER)) {
        ended = marked(number, line.substring(MARKER.length()).strip().split("\\s+", -1));
      }
      boolean left = !hidden && (line.startsWith("-- ") || line.startsWith("-- +"));
      if (left || direction != Direction.UP) {
        notSent.add(place(number));
      } else if (begun == 0 && !line.isBlank()) {
        begun = number;
        starts.add(text.lineStart(number));
      }
      if (direction == Direction.DOWN && !left && begun == 0 && !line.isBlank()) {
        begun = number;
      }
      if (ended || (!inStatement && !left && endsStatement(line))) {
        begun = 0;
      }
    }

    /** Does what a marker asks for; returns true if it ends a statement. */
    private boolean marked(int number, String[] words) {
      switch (words[0]) {
        case "Up", "Down" -> {
          unfinished();
          begun = 0;
          boolean up = words[0].equals("Up");
          direction = up ? Direction.UP : Direction.DOWN;
          hasUp |= up;
          hasDown |= !up;
          if (up && List.of(words).contains("notransaction")) {
            transactional = false;
          }
        }
        case "StatementBegin" -> inStatement = direction != Direction.NONE;
        case "StatementEnd" -> {
          boolean ended = inStatement;
          inStatement = false;
          return ended;
        }
        case "" ->
            refusals.add(
                refusal(
                    place(number),
                    "sql-migrate does not run the file: incomplete migration" + " command",
                    "write what the marker is to do"));
        default -> {}
      }
      return false;
    }

    private Span place(int number) {
      return new Span(
          text.lineStart(number),
          number == text.lineCount() ? text.length() : text.lineStart(number + 1));
    }

    private static Refusal refusal(Span place, String message, String hint) {
      return new Refusal(
          Refusal.Stage.NOT_RUN, place.start(), place.end(), message, Optional.of(hint));
    }

    private void unfinished() {
      if (begun > 0) {
        refusals.add(
            refusal(
                place(begun),
                NO_TERMINATOR,
                "end the statement with a semicolon at the end of its line"));
      }
    }

    private SqlMigrateText end() {
      if (inStatement) {
        refusals.add(
            Refusal.ofFile(
                "sql-migrate does not run the file: saw '-- +migrate StatementBegin' with no"
                    + " matching '-- +migrate StatementEnd'",
                "end the statement with the marker"));
      } else if (direction == Direction.NONE) {
        refusals.add(
            refusal(
                new Span(0, 0),
                "sql-migrate does not run the file: no Up/Down annotations found, so no statements"
                    + " were executed",
                text.hasByteOrderMark()
                    ? "save the file without a byte order mark, which hides the marker"
                    : "begin the file with -- +migrate Up"));
      } else {
        unfinished();
        if (!hasUp && text.hasByteOrderMark()) {
          refusals.add(
              refusal(
                  new Span(0, 0),
                  "sql-migrate records the file as applied and runs nothing of it: a byte order"
                      + " mark hides its first marker",
                  "save the file without a byte order mark"));
        }
      }
      return new SqlMigrateText(starts, notSent, transactional, hasDown, refusals);
    }
  }
}
