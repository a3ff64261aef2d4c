package dev.confiture.preflight.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of the terminal report, in parts.
 *
 * <p>Every part is made safe to print here, wherever its text comes from: nothing else writes
 * control characters.
 */
final class Line {

  private record Part(Style style, String text) {}

  private final List<Part> parts = new ArrayList<>();

  static Line of(String text) {
    return new Line().add(text);
  }

  Line add(String text) {
    return add(Style.PLAIN, text);
  }

  Line add(Style style, String text) {
    parts.add(new Part(style, Cells.printable(text)));
    return this;
  }

  /** Adds blanks up to this width, and at least one. */
  Line tab(int cells) {
    int width = 0;
    for (Part part : parts) {
      width += Cells.width(part.text());
    }
    return add(" ".repeat(Math.max(1, cells - width)));
  }

  String render(Look look) {
    StringBuilder out = new StringBuilder();
    for (Part part : parts) {
      out.append(look.colour() ? part.style().paint(part.text()) : part.text());
    }
    int end = out.length();
    while (end > 0 && out.charAt(end - 1) == ' ') {
      end--;
    }
    return out.substring(0, end);
  }
}
