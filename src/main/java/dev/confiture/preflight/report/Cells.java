package dev.confiture.preflight.report;

/** Text as a terminal shows it: safe to print, and how many cells it takes. */
final class Cells {

  private static final int TAB = 8;

  private Cells() {}

  /** The text with control characters made visible, so that none reaches the terminal. */
  static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c == '\n' || c == '\t' || !isControl(c)) {
                out.appendCodePoint(c);
              } else {
                out.append(String.format("\\u%04x", c));
              }
            });
    return out.toString();
  }

  /** The same on one line. */
  static String oneLine(String text) {
    return printable(text).replace('\n', ' ').replace('\t', ' ').strip();
  }

  /** The line with its tabs as blanks. */
  static String untabbed(String line) {
    StringBuilder out = new StringBuilder();
    int width = 0;
    for (int c : line.codePoints().toArray()) {
      if (c == '\t') {
        int blanks = TAB - width % TAB;
        out.append(" ".repeat(blanks));
        width += blanks;
      } else {
        out.appendCodePoint(c);
        width += width(c);
      }
    }
    return out.toString();
  }

  /** How many cells the first code points of a line take. */
  static int width(String line, int codePoints) {
    int width = 0;
    int count = 0;
    for (int c : line.codePoints().toArray()) {
      if (count++ >= codePoints) {
        break;
      }
      width += c == '\t' ? TAB - width % TAB : width(c);
    }
    return width + Math.max(0, codePoints - count);
  }

  static String pad(String text, int cells) {
    int width = width(text, text.codePointCount(0, text.length()));
    return width >= cells ? text : text + " ".repeat(cells - width);
  }

  private static int width(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || c == 0x200D) {
      return 0;
    }
    boolean wide =
        (c >= 0x1100 && c <= 0x115F)
            || (c >= 0x2E80 && c <= 0xA4CF)
            || (c >= 0xAC00 && c <= 0xD7A3)
            || (c >= 0xF900 && c <= 0xFAFF)
            || (c >= 0xFE30 && c <= 0xFE6F)
            || (c >= 0xFF00 && c <= 0xFF60)
            || (c >= 0xFFE0 && c <= 0xFFE6)
            || (c >= 0x1F300 && c <= 0x1FAFF)
            || (c >= 0x20000 && c <= 0x3FFFD);
    return wide ? 2 : 1;
  }

  /** Control characters, and those that turn the direction of text. */
  private static boolean isControl(int c) {
    return Character.isISOControl(c)
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069)
        || c == 0x2028
        || c == 0x2029;
  }
}
