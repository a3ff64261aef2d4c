package dev.confiture.preflight.verdict;

import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.verdict.Outcome.BlockedBy;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The outcome of the run as a whole. */
public enum Verdict {
  PASSED,
  FAILED,
  UNVERIFIED,
  SKIPPED,
  ERROR;

  /**
   * Returns the verdict of these migrations; passed where none is pending.
   *
   * <p>What waits for a migration that was skipped, or that could not be judged, is not known to
   * fail.
   */
  public static Verdict of(List<JudgedMigration> migrations) {
    Set<MigrationFile> failed =
        migrations.stream()
            .filter(migration -> migration.outcome() instanceof Outcome.Failed)
            .map(migration -> migration.rehearsed().migration().file())
            .collect(Collectors.toSet());
    boolean unverified = false;
    boolean passed = migrations.isEmpty();
    for (JudgedMigration migration : migrations) {
      switch (migration.outcome()) {
        case Outcome.Failed _ -> {
          return FAILED;
        }
        case Outcome.Blocked(_, BlockedBy by, _) -> {
          if (failed.contains(by.file())) {
            return FAILED;
          }
          unverified = true;
        }
        case Outcome.Unverified _ -> unverified = true;
        case Outcome.Passed _ -> passed = true;
        case Outcome.Skipped _ -> {}
      }
    }
    return unverified ? UNVERIFIED : passed ? PASSED : SKIPPED;
  }

  /** Returns the word for machines. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
