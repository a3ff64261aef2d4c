package dev.confiture.preflight.sandbox;

import java.time.Instant;

/**
 * Names a run, {@code preflight_<epoch>_<random>}.
 *
 * <p>It is the application name of the engine's sessions, and what the run's databases and roles
 * begin with: whoever finds such a database on a server and no such session knows that it is left
 * over.
 *
 * @param text the name
 */
record RunName(String text) {

  /** Twelve digits for the run; a database of it has two more. */
  static final String RUN_PATTERN = "^preflight_[0-9]+_[0-9a-f]{12}$";

  /** The text before the run's name in {@link #mark}. */
  static final String MARK = "made by Preflight for the run ";

  static final String DATABASE_PATTERN = "^preflight_[0-9]{1,12}_[0-9a-f]{14}$";

  /** Makes a new one. */
  static RunName now() {
    return new RunName("preflight_" + Instant.now().getEpochSecond() + "_" + Credentials.hex(6));
  }

  /**
   * Returns the comment on a database or role of the run: whoever finds one without a session of
   * the run knows that it is left over, whatever its name.
   */
  String mark() {
    return MARK + text;
  }

  /** Names the database that is seeded. */
  String template() {
    return text + "00";
  }

  /** Names the database that is migrated, where it does not bear production's name. */
  String cloneDatabase() {
    return text + "01";
  }

  /** Names the database of our server's own session if production's is called postgres. */
  String maintenance() {
    return text + "02";
  }

  /** Names the role that owns what has no other owner. */
  String owner() {
    return text + "_owner";
  }

  /** Names the role that restores. */
  String restorer() {
    return text + "_restorer";
  }

  /** Names the role that logs in for one that was on the server before. */
  String login() {
    return text + "_login";
  }
}
