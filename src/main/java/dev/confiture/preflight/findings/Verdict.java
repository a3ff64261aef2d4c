package dev.confiture.preflight.findings;

import java.util.List;
import java.util.Locale;

/** What the run as a whole is worth. */
public enum Verdict {
  PASSED,
  FAILED,
  UNVERIFIED,
  SKIPPED,
  ERROR;

  /** The verdict of these outcomes; with none pending, a pass. */
  public static Verdict of(List<JudgedMigration> migrations) {
    boolean unverified = false;
    boolean passed = migrations.isEmpty();
    for (JudgedMigration migration : migrations) {
      switch (migration.outcome()) {
        case Outcome.Failed _, Outcome.Blocked _ -> {
          return FAILED;
        }
        case Outcome.Unverified _ -> unverified = true;
        case Outcome.Passed _ -> passed = true;
        case Outcome.Skipped _ -> {}
      }
    }
    return unverified ? UNVERIFIED : passed ? PASSED : SKIPPED;
  }

  /** The word for machines. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
