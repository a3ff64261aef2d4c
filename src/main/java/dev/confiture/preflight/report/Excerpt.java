package dev.confiture.preflight.report;

import dev.confiture.preflight.rehearsal.Place;
import dev.confiture.preflight.sql.SourceText;
import java.util.ArrayList;
import java.util.List;

/** The lines around a place, with a caret under it. */
final class Excerpt {

  private static final int BEFORE = 2;
  private static final int AFTER = 1;
  private static final int WIDEST = 120;

  private Excerpt() {}

  /** The lines to print, without a line end. */
  static List<String> of(SourceText source, Place place, Look look) {
    int line = place.start().line();
    int first = Math.max(1, line - BEFORE);
    int last = Math.min(source.lineCount(), line + AFTER);
    int digits = Math.max(3, Integer.toString(last).length());
    String bar = look.unicode() ? " │ " : " | ";
    List<String> out = new ArrayList<>();
    for (int n = first; n <= last; n++) {
      String text = source.line(n);
      if (n == last && n > line && text.isBlank()) {
        break;
      }
      String shown = Cells.printable(Cells.untabbed(text));
      String clipped = shown.length() > WIDEST ? shown.substring(0, WIDEST) + "…" : shown;
      String gutter =
          (n == line ? "  > " : "    ") + " ".repeat(digits - Integer.toString(n).length()) + n;
      out.add((n == line ? look.bold(gutter) : gutter) + bar + clipped);
      if (n == line) {
        String caret = caret(text, place, look);
        if (!caret.isEmpty()) {
          out.add("    " + " ".repeat(digits) + bar + caret);
        }
      }
    }
    return out;
  }

  private static String caret(String text, Place place, Look look) {
    int from = Cells.width(text, place.start().column() - 1);
    boolean sameLine = place.end().line() == place.start().line();
    int to =
        sameLine
            ? Cells.width(text, place.end().column() - 1)
            : Cells.width(text, text.codePointCount(0, text.length()));
    return from > WIDEST
        ? ""
        : " ".repeat(from) + look.red("^".repeat(Math.max(1, Math.min(to, WIDEST) - from)));
  }
}
