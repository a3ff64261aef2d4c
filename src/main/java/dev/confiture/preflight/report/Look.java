package dev.confiture.preflight.report;

/**
 * The look of the terminal report.
 *
 * @param colour true for ANSI colours
 * @param unicode true if signs outside ASCII can be shown
 */
public record Look(boolean colour, boolean unicode) {

  /** The look of what is written in UTF-8 and shown by no terminal: a file, a web page. */
  public static final Look PLAIN = new Look(false, true);

  /** Returns the bar between line number and text of an excerpt. */
  String bar() {
    return unicode ? " │ " : " | ";
  }

  /** Returns the sign for text that was cut. */
  String ellipsis() {
    return unicode ? "…" : "...";
  }
}
