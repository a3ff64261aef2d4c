package dev.confiture.preflight.postgres;

/**
 * The version of a server.
 *
 * @param number as {@code server_version_num} gives it, for example 150018
 * @param text as {@code server_version} gives it up to the first blank, for example {@code 15.18}
 */
public record ServerVersion(int number, String text) {

  /** Returns the major version, for example 15. */
  public int major() {
    return number / 10000;
  }

  @Override
  public String toString() {
    return text;
  }
}
