package dev.confiture.preflight.verdict;

import java.util.Locale;

/** From which verdict on a run counts as failed: what is not proven is not green by default. */
public enum FailOn {
  FAILED,
  UNVERIFIED,
  NEVER;

  /** Whether a run with this verdict fails. One that could not be done always does. */
  public boolean isMetBy(Verdict verdict) {
    return switch (verdict) {
      case PASSED, SKIPPED -> false;
      case FAILED -> this != NEVER;
      case UNVERIFIED -> this == UNVERIFIED;
      case ERROR -> true;
    };
  }

  /** The option's value. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
