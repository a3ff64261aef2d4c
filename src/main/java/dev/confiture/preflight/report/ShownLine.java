package dev.confiture.preflight.report;

import java.util.ArrayList;
import java.util.List;

/** A line of a source file as a terminal shows it, and where each of its characters stands. */
final class ShownLine {

  private static final int TAB = 8;

  private final List<String> texts = new ArrayList<>();
  private final List<Integer> starts = new ArrayList<>();
  private int width;

  ShownLine(String line) {
    int c;
    for (int i = 0; i < line.length(); i += Character.charCount(c)) {
      c = line.codePointAt(i);
      String text = c == '\t' ? " ".repeat(TAB - width % TAB) : Cells.shown(c);
      texts.add(text);
      starts.add(width);
      width += Cells.width(text);
    }
  }

  /** The cell of a column (from 1, in code points); behind the line, as if blanks followed. */
  int cell(int column) {
    int index = column - 1;
    return index < starts.size() ? starts.get(index) : width + index - starts.size();
  }

  int width() {
    return width;
  }

  /** The first column that starts at this cell or behind it. */
  int column(int cell) {
    int index = 0;
    while (index < starts.size() && starts.get(index) < cell) {
      index++;
    }
    return index + 1;
  }

  /** The text from a column on, as far as it fits. */
  String from(int column, int cells) {
    StringBuilder out = new StringBuilder();
    int room = cells;
    for (int i = column - 1; i < texts.size(); i++) {
      room -= Cells.width(texts.get(i));
      if (room < 0) {
        break;
      }
      out.append(texts.get(i));
    }
    return out.toString();
  }
}
