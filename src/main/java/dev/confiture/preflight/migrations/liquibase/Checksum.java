package dev.confiture.preflight.migrations.liquibase;

import dev.confiture.preflight.migrations.Digest;

/**
 * Liquibase's checksum of a changeset whose changes are all of SQL, in its version 9: that of the
 * checksums of its changes, each of which is that of its SQL without blanks.
 */
final class Checksum {

  /** Begins a checksum of this version. */
  static final String VERSION = "9:";

  private final StringBuilder sums = new StringBuilder();

  /** Adds a change: the SQL of {@code sql} with parameters put in, that of a file without. */
  void add(String sql) {
    sums.append(VERSION).append(Digest.MD5.of(sql.replaceAll("[ \\t\\n\\r]++", ""))).append(':');
  }

  /** Returns the checksum. */
  String value() {
    return VERSION + Digest.MD5.of(sums.toString());
  }
}
