package dev.confiture.preflight.report;

import dev.confiture.preflight.findings.JudgedMigration;
import dev.confiture.preflight.findings.Outcome;
import java.util.List;

/** How many migrations ended in which way; the sum is the total. */
record Counts(int passed, int failed, int blocked, int unverified, int skipped) {

  static Counts of(List<JudgedMigration> migrations) {
    int[] counts = new int[5];
    for (JudgedMigration migration : migrations) {
      counts[
          switch (migration.outcome()) {
            case Outcome.Passed _ -> 0;
            case Outcome.Failed _ -> 1;
            case Outcome.Blocked _ -> 2;
            case Outcome.Unverified _ -> 3;
            case Outcome.Skipped _ -> 4;
          }]++;
    }
    return new Counts(counts[0], counts[1], counts[2], counts[3], counts[4]);
  }

  int total() {
    return passed + failed + blocked + unverified + skipped;
  }
}
