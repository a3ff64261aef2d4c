package dev.confiture.preflight.cli;

import java.util.Locale;

/** How the schema is kept from the migrations. */
enum Isolation {
  AUTO,
  CLONE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
