package dev.confiture.preflight.report;

import dev.confiture.preflight.seed.LostObject;
import dev.confiture.preflight.seed.RestoreGap;
import java.util.List;

/** What of the schema is not here, each gap once with all that was lost by it. */
final class RestoreGaps {

  private static final int MOST_LOST = 8;

  private RestoreGaps() {}

  static void add(List<RestoreGap> gaps, Page page) {
    for (RestoreGap gap : gaps) {
      page.gap();
      page.add(
          "Not restored: " + gap.reason() + " (line " + gap.position().line() + " of the schema)");
      if (!gap.lost().isEmpty()) {
        page.add("  so these are missing here: " + lost(gap.lost()));
      }
    }
  }

  private static String lost(List<LostObject> lost) {
    StringBuilder text = new StringBuilder();
    int shown = Math.min(MOST_LOST, lost.size());
    for (LostObject object : lost.subList(0, shown)) {
      text.append(text.isEmpty() ? "" : ", ").append(object.object());
    }
    return text + (lost.size() > shown ? " and " + (lost.size() - shown) + " more" : "");
  }
}
