package dev.confiture.preflight.source;

import dev.confiture.preflight.postgres.ConnectionString;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A production database to read, with the limits that hold there.
 *
 * @param timeout how long everything on production may take together; zero for no limit
 * @param excludeSchemas patterns of schemas to leave out, as {@code pg_dump -N} takes them
 * @param dataTables patterns of tables whose rows are needed, as {@code pg_dump -t} takes them
 * @param binaries the folder of PostgreSQL's programs that the user named
 * @param environment this process's environment, for its {@code PATH}
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
