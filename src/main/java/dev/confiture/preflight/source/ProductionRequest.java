package dev.confiture.preflight.source;

import dev.confiture.preflight.postgres.ConnectionString;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which production database to read, and how.
 *
 * @param url how to connect
 * @param timeout how long everything that is done there may take; zero for ever
 * @param excludeSchemas as {@code pg_dump -N} takes them
 * @param dataTables as {@code pg_dump -t} takes them
 * @param binaries the folder of PostgreSQL's programs that the user named
 * @param environment of this process, for its {@code PATH}
 */
public record ProductionRequest(
    ConnectionString url,
    Duration timeout,
    List<String> excludeSchemas,
    List<String> dataTables,
    Optional<Path> binaries,
    Map<String, String> environment) {

  public ProductionRequest {
    excludeSchemas = List.copyOf(excludeSchemas);
    dataTables = List.copyOf(dataTables);
    environment = Map.copyOf(environment);
  }
}
