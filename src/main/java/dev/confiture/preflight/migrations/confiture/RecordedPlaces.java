package dev.confiture.preflight.migrations.confiture;

import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.SourceText.Origin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The places of a Python file's SQL: the very place where it stands in the file as it was sent,
 * else the call.
 */
final class RecordedPlaces implements Origin {

  private final List<Integer> starts;
  private final List<Optional<QuotedSql>> quoted;
  private final List<Position> calls;

  private RecordedPlaces(
      List<Integer> starts, List<Optional<QuotedSql>> quoted, List<Position> calls) {
    this.starts = List.copyOf(starts);
    this.quoted = List.copyOf(quoted);
    this.calls = List.copyOf(calls);
  }

  static RecordedPlaces of(SourceText file, List<Recording.Call> calls, List<Integer> starts) {
    List<Optional<QuotedSql>> quoted = new ArrayList<>();
    List<Position> places = new ArrayList<>();
    for (Recording.Call call : calls) {
      quoted.add(
          call.stringLine() > 0
              ? QuotedSql.find(file, call.sql(), call.stringLine())
              : Optional.empty());
      places.add(startOfLine(file, call.line()));
    }
    return new RecordedPlaces(starts, quoted, places);
  }

  /** Returns the place of a line's first character that is not blank. */
  static Position startOfLine(SourceText file, int line) {
    int known = Math.clamp(line, 1, file.lineCount());
    String text = file.line(known);
    int blanks = text.length() - text.stripLeading().length();
    return new Position(known, (blanks == text.length() ? 0 : blanks) + 1);
  }

  @Override
  public Position position(int offset) {
    int call = call(offset);
    return call < 0 ? new Position(1, 1) : exact(call, offset).orElseGet(() -> calls.get(call));
  }

  @Override
  public boolean isExact(int offset) {
    int call = call(offset);
    return call >= 0 && exact(call, offset).isPresent();
  }

  private Optional<Position> exact(int call, int offset) {
    return quoted.get(call).flatMap(sql -> sql.position(offset - starts.get(call)));
  }

  private int call(int offset) {
    int found = Collections.binarySearch(starts, offset);
    return found >= 0 ? found : -found - 2;
  }

  /**
   * SQL that stands in a Python file line by line, if perhaps with another indentation: Python ends
   * each line with one character, and {@code dedent} takes blanks away.
   */
  private static final class QuotedSql {

    /** A line of the SQL without its indentation: offsets in code points, and its place. */
    private record Line(int start, int end, Position place) {}

    private final List<Line> lines;

    private QuotedSql(List<Line> lines) {
      this.lines = List.copyOf(lines);
    }

    /**
     * Finds the SQL in the file.
     *
     * @param from the line of the file at which its string starts
     */
    static Optional<QuotedSql> find(SourceText file, String sql, int from) {
      List<String> wanted = List.of(sql.split("\n", -1));
      int skipped = 0;
      while (skipped < wanted.size() && wanted.get(skipped).isBlank()) {
        skipped++;
      }
      int last = wanted.size() - 1;
      while (last > skipped && wanted.get(last).isBlank()) {
        last--;
      }
      // The first blank lines of the string may be the rest of its opening line.
      for (int line = from; line + last - skipped <= file.lineCount() && skipped <= last; line++) {
        Optional<QuotedSql> found = at(file, wanted, skipped, last, line);
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    }

    private static Optional<QuotedSql> at(
        SourceText file, List<String> wanted, int skipped, int last, int first) {
      List<Line> lines = new ArrayList<>();
      int offset = 0;
      for (int i = 0; i <= last; i++) {
        String line = wanted.get(i);
        String bare = line.strip();
        if (i >= skipped && !bare.isEmpty()) {
          String there = file.line(first + i - skipped);
          int column = column(there, bare, i == skipped, i == last);
          if (column < 0) {
            return Optional.empty();
          }
          int start = offset + length(line) - length(line.stripLeading());
          lines.add(
              new Line(
                  start,
                  start + length(bare),
                  new Position(first + i - skipped, length(there.substring(0, column)) + 1)));
        } else if (i >= skipped && !file.line(first + i - skipped).isBlank()) {
          return Optional.empty();
        }
        offset += length(line) + 1;
      }
      return Optional.of(new QuotedSql(lines));
    }

    /**
     * Returns the column of an SQL line in a line of the file; only the outer ones have neighbours.
     */
    private static int column(String there, String bare, boolean opens, boolean closes) {
      String text = there.stripTrailing();
      int blanks = text.length() - text.stripLeading().length();
      if (!opens) {
        return (closes ? text.startsWith(bare, blanks) : text.substring(blanks).equals(bare))
            ? blanks
            : -1;
      }
      if (text.startsWith(bare, blanks) && (closes || text.length() == blanks + bare.length())) {
        return blanks;
      }
      int at = -1;
      for (String quote : List.of("\"", "'")) {
        int found = text.indexOf(quote + bare);
        at = found >= 0 && at < 0 ? found + 1 : at;
      }
      at = at < 0 ? text.indexOf(bare) : at;
      return at >= 0 && (closes || text.length() == at + bare.length()) ? at : -1;
    }

    /** Returns the place of a code point of the SQL, where it stands in the file. */
    Optional<Position> position(int offset) {
      for (Line line : lines) {
        // The code point after the last of a line is where a name may end.
        if (line.start() <= offset && offset <= line.end()) {
          return Optional.of(
              new Position(line.place().line(), line.place().column() + offset - line.start()));
        }
      }
      return Optional.empty();
    }

    private static int length(String text) {
      return text.codePointCount(0, text.length());
    }
  }
}
