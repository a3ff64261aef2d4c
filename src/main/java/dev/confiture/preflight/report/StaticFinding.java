package dev.confiture.preflight.report;

import java.util.List;

/**
 * One thing that the files tell, in confiture's words.
 *
 * @param items what it is about, each for itself
 * @param inRows whether the migrations' rows in the table show it
 */
record StaticFinding(StaticMark mark, String text, List<String> items, boolean inRows) {

  StaticFinding {
    items = List.copyOf(items);
  }

  static StaticFinding good(String text) {
    return new StaticFinding(StaticMark.GOOD, text, List.of(), true);
  }

  static StaticFinding inRows(StaticMark mark, String text, List<String> items) {
    return new StaticFinding(mark, text, items, true);
  }

  static StaticFinding beside(String text, List<String> items) {
    return new StaticFinding(StaticMark.BAD, text, items, false);
  }

  boolean isBad() {
    return mark == StaticMark.BAD;
  }
}
