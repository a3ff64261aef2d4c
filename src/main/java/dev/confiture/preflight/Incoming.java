package dev.confiture.preflight;

import dev.confiture.preflight.migrations.Pending;
import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.rehearsal.Stop;
import dev.confiture.preflight.source.SchemaFile;
import dev.confiture.preflight.source.SchemaText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The schema on its way to the sandbox: a file, or what production is asked for. */
sealed interface Incoming extends AutoCloseable permits Incoming.Ready, IncomingDump {

  /**
   * Reads the file, or connects to production.
   *
   * @throws dev.confiture.preflight.problem.Problem if that cannot be done
   */
  static Incoming open(Options options, Progress progress, Stop stop) {
    return options
        .schema()
        .map(
            origin ->
                switch (origin) {
                  case SchemaOrigin.DumpFile(Path file) ->
                      new Ready(Optional.of(SchemaFile.read(file)));
                  case SchemaOrigin.Production production ->
                      IncomingDump.connect(production, options, progress, stop);
                })
        .orElseGet(() -> new Ready(Optional.empty()));
  }

  /** The same pending set, or what the origin knows better. */
  Pending tracked(Pending asked);

  /** Begins to take the schema, while other things are done. */
  void start();

  /** Whether one comes: otherwise the sandbox must hold it already. */
  boolean comes();

  /** The major version of the server that the schema is of, where it is known. */
  OptionalInt serverMajor();

  /**
   * Refuses a server to rehearse on that is the one the schema comes from.
   *
   * @param isUp whether it answers; one that is still starting is asked again later
   */
  void refuseAsSandbox(ConnectionString against, boolean isUp);

  /** The whole schema, when it is there; empty where none comes. */
  Optional<SchemaText> await();

  /** What of the schema needs this extension, as far as that is known before it is restored. */
  List<String> dependentsOf(String extension);

  /** Tells the report what was read, and how. */
  void tell(Reporting reporting);

  @Override
  void close();

  /**
   * What needs no waiting.
   *
   * @param schema of the file; empty where the sandbox holds the schema already
   */
  record Ready(Optional<SchemaText> schema) implements Incoming {

    @Override
    public Pending tracked(Pending asked) {
      return asked;
    }

    @Override
    public void start() {
      // It is there.
    }

    @Override
    public boolean comes() {
      return schema.isPresent();
    }

    @Override
    public OptionalInt serverMajor() {
      return schema.map(SchemaText::serverMajor).orElse(OptionalInt.empty());
    }

    @Override
    public void refuseAsSandbox(ConnectionString against, boolean isUp) {
      // No server is known that it could be.
    }

    @Override
    public Optional<SchemaText> await() {
      return schema;
    }

    @Override
    public List<String> dependentsOf(String extension) {
      return List.of();
    }

    @Override
    public void tell(Reporting reporting) {
      // A schema file is told of when it is restored.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
