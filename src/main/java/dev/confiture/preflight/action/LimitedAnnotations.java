package dev.confiture.preflight.action;

import dev.confiture.preflight.report.Annotation;
import java.util.ArrayList;
import java.util.List;

/**
 * The runner keeps the first ten annotations of a level and drops the others in silence: the tenth
 * says how many there are.
 */
final class LimitedAnnotations {

  private static final int MOST = 10;

  private LimitedAnnotations() {}

  static List<Annotation> of(List<Annotation> all) {
    List<Annotation> kept = new ArrayList<>();
    for (Annotation.Level level : Annotation.Level.values()) {
      List<Annotation> same = all.stream().filter(a -> a.level() == level).toList();
      if (same.size() <= MOST) {
        kept.addAll(same);
      } else {
        kept.addAll(same.subList(0, MOST - 1));
        kept.add(more(level, same.size() - MOST + 1));
      }
    }
    return kept;
  }

  private static Annotation more(Annotation.Level level, int count) {
    return Annotation.of(
        level,
        count + " more",
        count + " more of this kind are in the step's log and in the job summary");
  }
}
