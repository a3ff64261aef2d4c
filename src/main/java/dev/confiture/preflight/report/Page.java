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

  /** Adds an empty line between sections. */
  void gap() {
    lines.add(new Line());
  }

  /** Makes lines of any origin safe to print. */
  static String printable(String lines) {
    Page page = new Page(Look.PLAIN);
    lines.lines().forEach(page::add);
    return page.render();
  }

  /** Returns the whole text, with a line end after each line. */
  String render() {
    StringBuilder out = new StringBuilder();
    for (Line line : lines) {
      out.append(line.render(look)).append('\n');
    }
    return out.toString();
  }

  /**
   * A line, in parts.
   *
   * <p>Every part is made safe to print here, wherever its text comes from: nothing else writes
   * control characters.
   */
  static final class Line {

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

    private String render(Look look) {
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

  /** The ANSI code by which a part of a line stands out where colours are wanted. */
  enum Style {
    PLAIN(""),
    BOLD("1"),
    RED("31"),
    GREEN("32"),
    YELLOW("33");

    private final String code;

    Style(String code) {
      this.code = code;
    }

    private String paint(String text) {
      return code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
  }
}
