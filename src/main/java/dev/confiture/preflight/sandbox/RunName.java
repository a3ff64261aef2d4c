package dev.confiture.preflight.sandbox;

import java.time.Instant;

/**
 * The name of a run on a given server, {@code preflight_<epoch>_<random>}.
 *
 * <p>It is the application name of the session that lives as long as the run, and what the run's
 * databases begin with: who finds such a database and no such session knows that it is left over.
 *
 * @param text the name
 */
record RunName(String text) {

  /** Twelve digits for the run; a database of it has two more. */
  static final String RUN_PATTERN = "^preflight_[0-9]+_[0-9a-f]{12}$";

  static final String DATABASE_PATTERN = "^preflight_[0-9]{1,12}_[0-9a-f]{14}$";

  /** A new one. */
  static RunName now() {
    return new RunName(
        "preflight_" + Instant.now().getEpochSecond() + "_" + Credentials.hex(6));
  }

  /** The database to be seeded. */
  String template() {
    return text + "00";
  }

  /** The database to be migrated. */
  String cloneDatabase() {
    return text + "01";
  }

  /** The role made where no other is to be had. */
  String owner() {
    return text + "_owner";
  }
}
