package dev.confiture.preflight;

import dev.confiture.preflight.postgres.ConnectionString;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The origin of the schema that the sandbox is seeded with. */
public sealed interface SchemaOrigin {

  /**
   * A schema file.
   *
   * @param file a plain dump of pg_dump's, or any script that makes a schema
   */
  record DumpFile(Path file) implements SchemaOrigin {}

  /** None: the whole history is rehearsed on an empty database. */
  record Empty() implements SchemaOrigin {}

  /**
   * The production database itself, which is only read.
   *
   * @param url the connection string
   * @param timeout the limit of everything that is done there
   * @param excludeSchemas patterns of schemas that are left out, as pg_dump's {@code -N}
   * @param dataTables patterns of small tables whose rows come along, as pg_dump's {@code -t}
   */
  record Production(
      ConnectionString url, Duration timeout, List<String> excludeSchemas, List<String> dataTables)
      implements SchemaOrigin {

    public Production {
      excludeSchemas = List.copyOf(excludeSchemas);
      dataTables = List.copyOf(dataTables);
    }
  }
}
