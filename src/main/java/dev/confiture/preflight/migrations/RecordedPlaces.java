package dev.confiture.preflight.migrations;

import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.SourceText.Origin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Where the SQL of a Python file's calls stands in the file: the very place where it stands there
 * as it was sent, else the call.
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

  static RecordedPlaces of(SourceText file, List<RecordedCall> calls, List<Integer> starts) {
    List<Optional<QuotedSql>> quoted = new ArrayList<>();
    List<Position> places = new ArrayList<>();
    for (RecordedCall call : calls) {
      quoted.add(
          call.stringLine() > 0
              ? QuotedSql.find(file, call.sql(), call.stringLine())
              : Optional.empty());
      places.add(startOfLine(file, call.line()));
    }
    return new RecordedPlaces(starts, quoted, places);
  }

  /** The first character of a line that is not blank. */
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
}
