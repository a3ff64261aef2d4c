package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.sandbox.ExternalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/** Databases of a server that hold the golden cases' schemas: each is restored once, and copied. */
final class SeededDatabases {

  private static final String COPY = "seeded";

  private final ExternalServer server;
  private final Map<String, Seeded> templates = new HashMap<>();

  SeededDatabases(ExternalServer server) {
    this.server = server;
  }

  /**
   * A database with one schema.
   *
   * @param complete whether nothing of the schema was lost
   */
  private record Seeded(String database, boolean complete) {}

  /** A database of one case. */
  record Copy(ConnectionString url, ExternalServer server) implements AutoCloseable {

    @Override
    public void close() {
      server.drop(COPY);
    }
  }

  /** Copies the case's schema; skips the test where the server lacks something for it. */
  Copy copyFor(GoldenCase golden) throws IOException {
    String schema = Files.readString(golden.schema());
    assertFalse(schema.contains("DATABASE"), "a copy lacks the settings and rights of a database");
    Seeded template = templates.get(schema);
    if (template == null) {
      String database = "template " + templates.size();
      template = new Seeded(database, golden.seed(server.newDatabase(database)));
      templates.put(schema, template);
    }
    assumeTrue(template.complete(), "the database has all that its migrations need");
    return new Copy(server.newDatabase(COPY, template.database()), server);
  }
}
