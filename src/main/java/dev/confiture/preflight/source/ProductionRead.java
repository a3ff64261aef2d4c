package dev.confiture.preflight.source;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The production database, and how it was read.
 *
 * @param url without its password
 * @param database its name
 * @param serverVersion for example 15.18
 * @param dumpVersion the version of the pg_dump that read the schema; empty where it was not
 *     dumped, since nothing is pending
 * @param readAt when the reading began
 * @param dumpMillis how long pg_dump ran, in milliseconds
 * @param millis how long sessions were open there, in milliseconds
 * @param tables the tables with what is known of their sizes
 */
public record ProductionRead(
    String url,
    String database,
    String serverVersion,
    Optional<String> dumpVersion,
    Instant readAt,
    long dumpMillis,
    long millis,
    List<Facts.Table> tables) {
  public ProductionRead {
    tables = List.copyOf(tables);
  }
}
