package dev.confiture.preflight.report;

/**
 * Writes GitHub's Markdown around words that are not ours: nothing in them may end a cell or a
 * fence, start a tag, a link or a mention (<a href="https://github.github.com/gfm/">GitHub Flavored
 * Markdown</a>).
 */
final class Markdown {

  private static final int SHORTEST_FENCE = 3;

  private Markdown() {}

  /** Returns words of any length with no more than so many characters. */
  static String cut(String words, int most) {
    if (words.length() <= most) {
      return words;
    }
    int end = Character.isHighSurrogate(words.charAt(most - 1)) ? most - 1 : most;
    return words.substring(0, end) + "… (" + (words.length() - end) + " more characters)";
  }

  /** Writes words in running text or a table's cell, shown as they are. */
  static String text(String words) {
    StringBuilder out = new StringBuilder();
    String shown = Cells.printable(words);
    for (int i = 0; i < shown.length(); i++) {
      char c = shown.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        // A reference is no markup: neither a mention nor a link.
        case '@', '|', '`', '#', '\\', '*', '[', ']', '~', '!', '$' -> reference(c, out);
        case '_' -> {
          // Between letters it means nothing, and stands in most names.
          if (isWord(shown, i - 1) && isWord(shown, i + 1)) {
            out.append(c);
          } else {
            reference(c, out);
          }
        }
        // A bare address becomes a link by these.
        case ':' -> {
          if (shown.startsWith("//", i + 1)) {
            reference(c, out);
          } else {
            out.append(c);
          }
        }
        case '.' -> {
          if (i >= 3 && shown.regionMatches(true, i - 3, "www", 0, 3)) {
            reference(c, out);
          } else {
            out.append(c);
          }
        }
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  private static void reference(char c, StringBuilder out) {
    out.append("&#").append((int) c).append(';');
  }

  private static boolean isWord(String text, int at) {
    return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
  }

  /**
   * Writes words as code within running text, never in a table, where {@code |} would end the cell.
   */
  static String code(String words) {
    String shown = Cells.printable(words).strip();
    String fence = "`".repeat(longestRun(shown) + 1);
    // A blank at either end is not shown, and keeps a backtick there out of the fence.
    String blank = shown.startsWith("`") || shown.endsWith("`") ? " " : "";
    return shown.isEmpty() ? "" : fence + blank + shown + blank + fence;
  }

  /** Writes lines as a block of code: its fence is longer than any within. */
  static String block(String language, String lines) {
    String fence = "`".repeat(Math.max(SHORTEST_FENCE, longestRun(lines) + 1));
    return fence + language + "\n" + lines.stripTrailing() + "\n" + fence + "\n";
  }

  private static int longestRun(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  /** Writes a row of a table, of cells that are Markdown already. */
  static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
