package dev.confiture.preflight.cli;

import java.util.Locale;

/** From which verdict on the exit code is 1. */
enum FailOn {
  FAILED,
  UNVERIFIED,
  NEVER;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
