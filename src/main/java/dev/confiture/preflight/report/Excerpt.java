package dev.confiture.preflight.report;

import dev.confiture.preflight.rehearsal.Place;
import dev.confiture.preflight.report.Page.Line;
import dev.confiture.preflight.report.Page.Style;
import dev.confiture.preflight.sql.SourceText;
import java.util.ArrayList;
import java.util.List;

/** Shows the lines around a place, with carets under it. */
final class Excerpt {

  private static final int BEFORE = 2;
  private static final int AFTER = 1;

  /** The cells for the text, so that the whole line has 100. */
  private static final int WIDEST = 90;

  /** The cells of a long line that are shown before its place. */
  private static final int LEAD = 30;

  private final SourceText source;
  private final Place place;
  private final Page page;
  private final int digits;

  private Excerpt(SourceText source, Place place, int last, Page page) {
    this.source = source;
    this.place = place;
    this.page = page;
    this.digits = Math.max(3, Integer.toString(last).length());
  }

  /** Adds the lines; none where the place is the file as a whole. */
  static void add(SourceText source, Place place, Page page) {
    if (place.foundBy() == Place.FoundBy.FILE) {
      return;
    }
    int line = Math.min(place.start().line(), source.lineCount());
    int last = Math.min(source.lineCount(), line + AFTER);
    Excerpt excerpt = new Excerpt(source, place, last, page);
    for (int n = Math.max(1, line - BEFORE); n < line; n++) {
      excerpt.around(n);
    }
    excerpt.marked(line);
    if (last > line && !source.line(last).isBlank()) {
      excerpt.around(last);
    }
  }

  private void around(int number) {
    page.add(gutter("    ", number).add(clipped(shown(number), 1, WIDEST)));
  }

  private void marked(int number) {
    ShownLine line = shown(number);
    // A place without an end there is that of the mark itself.
    int mark = isMarked(number) ? 1 : 0;
    boolean atMark = place.start().equals(place.end());
    int from = line.cell(place.start().column() + (atMark ? 0 : mark));
    int to =
        place.end().line() == place.start().line()
            ? line.cell(place.end().column() + mark)
            : line.width();
    String before = "";
    int first = 1;
    if (to > WIDEST && from > LEAD) {
      first = line.column(from - LEAD);
      before = page.look().ellipsis();
    }
    int shift = line.cell(first) - before.length();
    page.add(gutter("  > ", number).add(before + clipped(line, first, WIDEST - before.length())));
    int carets = Math.max(1, Math.min(to - shift, WIDEST) - (from - shift));
    page.add(
        new Line()
            .add(" ".repeat(4 + digits) + page.look().bar() + " ".repeat(from - shift))
            .add(Style.RED, "^".repeat(carets)));
  }

  /** Returns true for a line with a byte order mark, which is shown and no column. */
  private boolean isMarked(int number) {
    return number == 1 && source.hasByteOrderMark();
  }

  private ShownLine shown(int number) {
    String mark = isMarked(number) ? source.substring(0, 1) : "";
    return new ShownLine(mark + source.line(number));
  }

  private Line gutter(String mark, int number) {
    String text = Integer.toString(number);
    return new Line()
        .add(
            mark.isBlank() ? Style.PLAIN : Style.BOLD,
            mark + " ".repeat(digits - text.length()) + text)
        .add(page.look().bar());
  }

  private String clipped(ShownLine line, int column, int room) {
    if (line.width() - line.cell(column) <= room) {
      return line.from(column, room);
    }
    String ellipsis = page.look().ellipsis();
    return line.from(column, room - ellipsis.length()) + ellipsis;
  }

  /** A line of a source file as a terminal shows it, with the cell of each character. */
  private static final class ShownLine {

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

    /**
     * Returns the cell of a column (from 1, in code points); behind the line, as if blanks
     * followed.
     */
    int cell(int column) {
      int index = column - 1;
      return index < starts.size() ? starts.get(index) : width + index - starts.size();
    }

    int width() {
      return width;
    }

    /** Returns the first column that starts at this cell or behind it. */
    int column(int cell) {
      int index = 0;
      while (index < starts.size() && starts.get(index) < cell) {
        index++;
      }
      return index + 1;
    }

    /** Returns the text from a column on, as far as it fits. */
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
}
