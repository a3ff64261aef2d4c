package dev.confiture.preflight.report;

import dev.confiture.preflight.migrations.CheckedMigration;
import dev.confiture.preflight.migrations.StaticCheck;

/** Whether what the files tell stands in the way of a deployment. */
enum StaticMark {
  GOOD("✓", "ok", Style.GREEN),
  BAD("✗", "no", Style.RED),
  NEUTRAL("–", "-", Style.PLAIN);

  private final String sign;
  private final String word;
  private final Style style;

  StaticMark(String sign, String word, Style style) {
    this.sign = sign;
    this.word = word;
    this.style = style;
  }

  static StaticMark reversible(CheckedMigration migration, StaticCheck check) {
    return migration.reversible() ? GOOD : check.downRequired() ? BAD : NEUTRAL;
  }

  static StaticMark transactional(CheckedMigration migration) {
    return migration.fullyTransactional() ? GOOD : BAD;
  }

  String text(Look look) {
    return look.unicode() ? sign : word;
  }

  Style style() {
    return style;
  }
}
