package dev.confiture.preflight.cli;

import dev.confiture.preflight.SchemaOrigin;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What to seed from. */
final class SchemaOptions {

  @Option(
      names = "--schema-file",
      paramLabel = "FILE",
      description =
          "a plain pg_dump of production's schema, or any SQL script; without it, the schema is"
              + " what --against holds, and without both the files alone are checked")
  Optional<Path> file = Optional.empty();

  Optional<SchemaOrigin> origin() {
    return file.map(SchemaOrigin.DumpFile::new);
  }
}
