package dev.confiture.preflight.seed;

import java.util.Optional;

/**
 * How to get a server that has an extension, for those that take more than a package: from each
 * one's own installation guide.
 */
final class ExtensionAdvice {

  private ExtensionAdvice() {}

  /** A sentence, for an extension that a server has not, or cannot create. */
  static Optional<String> of(String extension) {
    return switch (extension) {
      case "timescaledb" ->
          advice(
              extension,
              "the image timescale/timescaledb:latest-pgN, which loads it at the server's start"
                  + " (shared_preload_libraries)");
      case "pg_cron" ->
          advice(
              extension,
              "an image with it that sets shared_preload_libraries = 'pg_cron'; it can be created"
                  + " in one database alone, cron.database_name, so a clone never has its jobs");
      case "pg_partman" ->
          advice(
              extension,
              "an image with the package postgresql-N-partman; its background worker is not"
                  + " needed");
      case "postgis", "postgis_raster", "postgis_topology", "postgis_sfcgal" ->
          advice(extension, "the image postgis/postgis:N-3.5");
      case "vector" -> advice(extension, "the image pgvector/pgvector:pgN");
      default -> Optional.empty();
    };
  }

  private static Optional<String> advice(String extension, String server) {
    return Optional.of(
        "to rehearse what needs the extension "
            + extension
            + ", name a server that has it: "
            + server
            + " (N: production's major version)");
  }
}
