package dev.confiture.preflight.verdict;

import java.util.List;
import java.util.Optional;

/** Finds the name that a misspelt one may mean: by the fewest edits, fewer than half of it. */
final class ClosestName {

  private ClosestName() {}

  static Optional<String> of(String wanted, List<String> names) {
    Optional<String> best = Optional.empty();
    int most = Math.min(Math.max(2, wanted.length() / 3), (wanted.length() - 1) / 2);
    int fewest = most + 1;
    for (String name : names) {
      int edits = edits(wanted, name);
      if (edits < fewest && edits > 0) {
        fewest = edits;
        best = Optional.of(name);
      }
    }
    return best;
  }

  /** Counts the edits from one to the other: Levenshtein's distance. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int above = row[j];
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + change);
        diagonal = above;
      }
    }
    return row[to.length()];
  }
}
