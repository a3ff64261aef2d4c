package dev.confiture.preflight.report;

/** Makes text safe for a terminal, and measures the cells that it takes there. */
public final class Cells {

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private Cells() {}

  /**
   * Returns the text on one line and with nothing in it that a terminal would obey: line ends and
   * tabs as blanks, other control and direction characters as {@code \}{@code u001b}.
   */
  public static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int c;
    for (int i = 0; i < text.length(); i += Character.charCount(c)) {
      c = text.codePointAt(i);
      if (c == '\n' || c == '\t' || c == '\r') {
        out.append(' ');
      } else {
        out.append(shown(c));
      }
    }
    return out.toString();
  }

  /**
   * Returns a character as it is printed: itself, or its number where a terminal would not show it.
   */
  static String shown(int c) {
    if (c >= ' ' && c < 0x7F) {
      return Character.toString(c);
    }
    boolean shows =
        switch (Character.getType(c)) {
          case Character.CONTROL,
              Character.SURROGATE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          case Character.FORMAT -> c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER;
          default -> true;
        };
    return shows ? Character.toString(c) : String.format("\\u%04x", c);
  }

  /** Counts the cells that a printable text takes. */
  public static int width(String printable) {
    int width = 0;
    int c;
    for (int i = 0; i < printable.length(); i += Character.charCount(c)) {
      c = printable.codePointAt(i);
      width += width(c);
    }
    return width;
  }

  /** Returns the start of a printable text, as far as it fits. */
  public static String cut(String printable, int cells) {
    int width = 0;
    int c;
    for (int i = 0; i < printable.length(); i += Character.charCount(c)) {
      c = printable.codePointAt(i);
      width += width(c);
      if (width > cells) {
        return printable.substring(0, i);
      }
    }
    return printable;
  }

  private static int width(int c) {
    if (c < 0x300) {
      return 1;
    }
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    return isWide(c) ? 2 : 1;
  }

  /** Returns true for East Asian wide and full-width characters, and those shown as emoji. */
  private static boolean isWide(int c) {
    boolean regionalIndicator = c >= 0x1F1E6 && c <= 0x1F1FF;
    return (c >= 0x1100 && c <= 0x115F)
        || (c >= 0x2E80 && c <= 0xA4CF && c != 0x303F)
        || (c >= 0xA960 && c <= 0xA97C)
        || (c >= 0xAC00 && c <= 0xD7A3)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0xFE30 && c <= 0xFE6F)
        || (c >= 0xFF00 && c <= 0xFF60)
        || (c >= 0xFFE0 && c <= 0xFFE6)
        || (c >= 0x20000 && c <= 0x3FFFD)
        || (Character.isEmojiPresentation(c) && !regionalIndicator);
  }
}
