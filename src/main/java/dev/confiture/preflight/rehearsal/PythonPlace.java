package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.SourceText;

/** A place of a Python file that Python itself has named. */
final class PythonPlace {

  private PythonPlace() {}

  /**
   * A line without its indentation, or what stands in it from a column on.
   *
   * @param line from 1; 0 where it is not known
   * @param column from 1; 0 where it is not known
   */
  static Place of(SourceText file, int line, int column) {
    if (line < 1 || line > file.lineCount()) {
      return new Place(new Position(1, 1), new Position(1, 1), Place.FoundBy.FILE);
    }
    String text = file.line(line).stripTrailing();
    int length = text.codePointCount(0, text.length());
    String bare = text.stripLeading();
    int first = column > 0 ? column : length - bare.codePointCount(0, bare.length()) + 1;
    return new Place(
        new Position(line, first),
        new Position(line, Math.max(first, length + 1)),
        Place.FoundBy.PYTHON_LINE);
  }
}
