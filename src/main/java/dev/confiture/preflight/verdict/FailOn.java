package dev.confiture.preflight.verdict;

import java.util.Locale;

/** The threshold from which a run counts as failed: by default, what is not proven is not green. */
public enum FailOn {
  FAILED,
  UNVERIFIED,
  NEVER;

  /** Returns true if a run with this verdict fails; one that could not be done always does. */
  public boolean isMetBy(Verdict verdict) {
    return switch (verdict) {
      case PASSED, SKIPPED -> false;
      case FAILED -> this != NEVER;
      case UNVERIFIED -> this == UNVERIFIED;
      case ERROR -> true;
    };
  }

  /** Returns the option's value. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
