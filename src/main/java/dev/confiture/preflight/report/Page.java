package dev.confiture.preflight.report;

import java.util.ArrayList;
import java.util.List;

/** The lines of the terminal report, as its sections add them. */
final class Page {

  private final Look look;
  private final List<Line> lines = new ArrayList<>();

  Page(Look look) {
    this.look = look;
  }

  Look look() {
    return look;
  }

  void add(Line line) {
    lines.add(line);
  }

  void add(String text) {
    lines.add(Line.of(text));
  }

  /** An empty line between sections. */
  void gap() {
    lines.add(new Line());
  }

  /** Lines of any origin, made safe as a page's own are. */
  static String printable(String lines) {
    Page page = new Page(new Look(false, true));
    lines.lines().forEach(page::add);
    return page.render();
  }

  /** The whole text, with a line end after each line. */
  String render() {
    StringBuilder out = new StringBuilder();
    for (Line line : lines) {
      out.append(line.render(look)).append('\n');
    }
    return out.toString();
  }
}
