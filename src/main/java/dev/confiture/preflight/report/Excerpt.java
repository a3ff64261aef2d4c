package dev.confiture.preflight.report;

import dev.confiture.preflight.rehearsal.Place;
import dev.confiture.preflight.sql.SourceText;

/** The lines around a place, with carets under it. */
final class Excerpt {

  private static final int BEFORE = 2;
  private static final int AFTER = 1;

  /** Cells for the text, so that the whole line has 100. */
  private static final int WIDEST = 90;

  /** How much of a long line is shown before its place. */
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

  /** Adds the lines; none for a place that is the file as a whole. */
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
    page.add(gutter("    ", number).add(clipped(new ShownLine(source.line(number)), 1, WIDEST)));
  }

  private void marked(int number) {
    ShownLine line = new ShownLine(source.line(number));
    int from = line.cell(place.start().column());
    int to =
        place.end().line() == place.start().line() ? line.cell(place.end().column()) : line.width();
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
}
