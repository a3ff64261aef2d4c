package dev.confiture.preflight.report;

/**
 * How the terminal report looks.
 *
 * @param colour whether ANSI colours are wanted
 * @param unicode whether signs outside ASCII can be shown
 */
public record Look(boolean colour, boolean unicode) {

  /** Between line number and text of an excerpt. */
  String bar() {
    return unicode ? " │ " : " | ";
  }

  /** What stands for text that was cut. */
  String ellipsis() {
    return unicode ? "…" : "...";
  }
}
