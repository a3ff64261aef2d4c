package dev.confiture.preflight.report;

import dev.confiture.preflight.seed.LostObject;
import dev.confiture.preflight.seed.RestoreGap;
import java.util.List;
import java.util.Optional;

/** What of the schema is not here, each gap once with all that was lost by it. */
final class RestoreGaps {

  private static final int MOST_LOST = 8;

  private RestoreGaps() {}

  static void add(List<RestoreGap> gaps, Page page) {
    for (RestoreGap gap : gaps) {
      page.gap();
      page.add(
          "Not restored: " + gap.reason() + " (line " + gap.position().line() + " of the schema)");
      lost(gap).ifPresent(lost -> page.add("  " + lost));
    }
  }

  /** {@code so these are missing here: …}, where something is. */
  static Optional<String> lost(RestoreGap gap) {
    return Optional.of(gap.lost())
        .filter(lost -> !lost.isEmpty())
        .map(lost -> "so these are missing here: " + names(lost));
  }

  private static String names(List<LostObject> lost) {
    StringBuilder text = new StringBuilder();
    int shown = Math.min(MOST_LOST, lost.size());
    for (LostObject object : lost.subList(0, shown)) {
      text.append(text.isEmpty() ? "" : ", ").append(object.object());
    }
    return text + (lost.size() > shown ? " and " + (lost.size() - shown) + " more" : "");
  }
}
