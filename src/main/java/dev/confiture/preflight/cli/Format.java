package dev.confiture.preflight.cli;

import java.util.Locale;

/** How the report is written. */
enum Format {
  TABLE,
  JSON;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
