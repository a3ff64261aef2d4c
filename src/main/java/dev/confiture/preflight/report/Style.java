package dev.confiture.preflight.report;

/** How a part of a line stands out where colours are wanted, as ANSI's code for it. */
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

  String paint(String text) {
    return code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
