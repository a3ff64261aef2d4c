package dev.confiture.preflight.report;

/**
 * The look of the terminal report.
 *
 * @param colour true for ANSI colours
 * @param unicode true if signs outside ASCII can be shown
 */
public record Look(boolean colour, boolean unicode) {

  /** Returns the bar between line number and text of an excerpt. */
  String bar() {
    return unicode ? " │ " : " | ";
  }

  /** Returns the sign for text that was cut. */
  String ellipsis() {
    return unicode ? "…" : "...";
  }
}
