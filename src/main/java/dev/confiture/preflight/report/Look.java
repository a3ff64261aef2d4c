package dev.confiture.preflight.report;

/**
 * How the terminal report looks.
 *
 * @param colour whether ANSI colours are wanted
 * @param unicode whether marks outside ASCII can be shown
 */
public record Look(boolean colour, boolean unicode) {

  private static final String RESET = "\u001b[0m";

  String passed() {
    return green(unicode ? "✓" : "ok");
  }

  String failed() {
    return red(unicode ? "✗" : "FAIL");
  }

  String blocked() {
    return yellow(unicode ? "⊘" : "blocked");
  }

  String unverified() {
    return yellow(unicode ? "?" : "unverified");
  }

  String skipped() {
    return unicode ? "⤳" : "skipped";
  }

  /** How wide the widest mark is. */
  int markWidth() {
    return unicode ? 1 : "unverified".length();
  }

  String red(String text) {
    return paint("\u001b[31m", text);
  }

  String green(String text) {
    return paint("\u001b[32m", text);
  }

  String yellow(String text) {
    return paint("\u001b[33m", text);
  }

  String bold(String text) {
    return paint("\u001b[1m", text);
  }

  String dim(String text) {
    return paint("\u001b[2m", text);
  }

  private String paint(String code, String text) {
    return colour ? code + text + RESET : text;
  }
}
