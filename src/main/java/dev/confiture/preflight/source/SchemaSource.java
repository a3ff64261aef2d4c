package dev.confiture.preflight.source;

import dev.confiture.preflight.migrations.LedgerSearch;
import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.Undumped;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** The source of the schema to seed: a file, production, or nothing. */
public sealed interface SchemaSource extends AutoCloseable
    permits SchemaSource.WithoutProduction, LiveDump {

  /** Returns a source for a sandbox that holds the schema already. */
  static SchemaSource none() {
    return new WithoutProduction(Optional.empty());
  }

  /** Returns the source of a schema that has nothing in it yet. */
  static SchemaSource empty() {
    return new WithoutProduction(
        Optional.of(
            new SchemaText(
                "an empty database",
                Script.of(SourceText.of("")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Undumped.NONE)));
  }

  /**
   * Reads a schema file.
   *
   * @throws dev.confiture.preflight.problem.Problem.SourceProblem if that cannot be done
   */
  static SchemaSource ofFile(Path file) {
    return new WithoutProduction(Optional.of(SchemaFile.read(file)));
  }

  /**
   * Asks production something.
   *
   * @param doing what is asked, for a message: {@code reading …}
   * @return the answer; empty where the source is no server
   * @throws dev.confiture.preflight.problem.Problem if the server refuses
   */
  <T> Optional<T> askProduction(String doing, Function<Session, T> question);

  /** Returns what tells which ledgers there are, before the schema is taken. */
  LedgerSearch ledgers();

  /** Begins to take the schema, while other things are done. */
  void start();

  /** Returns true if there is a schema to restore. */
  boolean hasSchema();

  /** Returns the major version of the server that the schema is of, where it is known. */
  OptionalInt serverMajor();

  /**
   * Refuses an external server that is the one the schema comes from.
   *
   * @param isUp true if it answers; one that is still starting is asked again later
   * @throws dev.confiture.preflight.problem.Problem if it is, or that cannot be told
   */
  void refuseAsSandbox(ConnectionString externalServer, boolean isUp);

  /** Waits for the whole schema; returns nothing where there is none to restore. */
  Optional<SchemaText> await();

  /** Returns the objects of production that need an extension, as far as the catalog tells. */
  List<String> dependentsOf(String extension);

  /** Returns what was read of production so far; empty where the source is no server. */
  Optional<Production.Read> productionRead();

  /** Returns what a reader should know of how the schema was taken, a sentence each. */
  List<String> warnings();

  @Override
  void close();

  /**
   * A schema that no server has to be asked for.
   *
   * @param schema of the file; empty where the sandbox holds the schema already
   */
  record WithoutProduction(Optional<SchemaText> schema) implements SchemaSource {

    @Override
    public <T> Optional<T> askProduction(String doing, Function<Session, T> question) {
      return Optional.empty();
    }

    @Override
    public LedgerSearch ledgers() {
      return schema.map(text -> LedgerSearch.in(text.script())).orElse(LedgerSearch.NONE);
    }

    @Override
    public void start() {
      // The file is read.
    }

    @Override
    public boolean hasSchema() {
      return schema.isPresent();
    }

    @Override
    public OptionalInt serverMajor() {
      return schema.map(SchemaText::serverMajor).orElse(OptionalInt.empty());
    }

    @Override
    public void refuseAsSandbox(ConnectionString externalServer, boolean isUp) {
      // A schema file names no server that the external one could be.
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
    public Optional<Production.Read> productionRead() {
      return Optional.empty();
    }

    @Override
    public List<String> warnings() {
      return List.of();
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
