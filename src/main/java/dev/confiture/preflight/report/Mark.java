package dev.confiture.preflight.report;

import dev.confiture.preflight.report.Page.Style;
import dev.confiture.preflight.verdict.Outcome;

/** The sign of an outcome or of a point of the files, with a word for terminals without signs. */
enum Mark {
  PASSED("✓", "ok", Style.GREEN),
  FAILED("✗", "FAIL", Style.RED),
  BLOCKED("⊘", "blocked", Style.YELLOW),
  UNVERIFIED("?", "unverified", Style.YELLOW),
  SKIPPED("⤳", "skipped", Style.PLAIN),

  /** A point of the files that does not stand in the way of a deployment. */
  GOOD("✓", "ok", Style.GREEN),
  BAD("✗", "no", Style.RED),
  NEUTRAL("–", "-", Style.PLAIN);

  private final String sign;
  private final String word;
  private final Style style;

  Mark(String sign, String word, Style style) {
    this.sign = sign;
    this.word = word;
    this.style = style;
  }

  static Mark of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed _ -> PASSED;
      case Outcome.Failed _ -> FAILED;
      case Outcome.Blocked _ -> BLOCKED;
      case Outcome.Unverified _ -> UNVERIFIED;
      case Outcome.Skipped _ -> SKIPPED;
    };
  }

  String text(Look look) {
    return look.unicode() ? sign : word;
  }

  Style style() {
    return style;
  }
}
