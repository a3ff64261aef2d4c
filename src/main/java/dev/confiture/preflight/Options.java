package dev.confiture.preflight;

import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.recording.TeamCommand;
import dev.confiture.preflight.rehearsal.Limits;
import dev.confiture.preflight.sandbox.Isolation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of a run, checked.
 *
 * @param schema what to seed from; empty: the external database is seeded already
 * @param where the server to rehearse on, and how the schema is kept from the migrations
 * @param which the migrations to rehearse
 * @param limits the time limits
 * @param environment the process's environment, handed down
 * @param command the team's own command, for migrations that are code; empty: files are sent
 */
public record Options(
    Optional<SchemaOrigin> schema,
    Where where,
    Which which,
    Limits limits,
    Map<String, String> environment,
    Optional<TeamCommand> command) {

  public Options {
    environment = Map.copyOf(environment);
  }

  /** Makes the options of a run whose migrations are files. */
  public Options(
      Optional<SchemaOrigin> schema,
      Where where,
      Which which,
      Limits limits,
      Map<String, String> environment) {
    this(schema, where, which, limits, environment, Optional.empty());
  }

  /**
   * Returns the command line's defaults for a folder of migrations: every file, on the embedded
   * server, as the tool runs them that the files show.
   */
  public static Options of(Path migrationsDir) {
    return new Options(
        Optional.empty(),
        new Where(Server.EMBEDDED, Option.ISOLATION.defaultValue(), false, Role.FOUND),
        new Which(
            migrationsDir,
            Option.TOOL.defaultValue(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Tool.Told.NOTHING,
            true,
            true),
        new Limits(
            Option.STATEMENT_TIMEOUT.defaultValue(),
            Option.LOCK_TIMEOUT.defaultValue(),
            Option.TIME_LIMIT.defaultValue()),
        Map.of());
  }

  /** Seeds from this file. */
  public Options withSchemaFile(Path file) {
    return with(new SchemaOrigin.DumpFile(file));
  }

  /** Rehearses the whole history, on an empty database. */
  public Options fromEmpty() {
    return with(new SchemaOrigin.Empty());
  }

  /** Seeds from this origin. */
  public Options with(SchemaOrigin origin) {
    return new Options(Optional.of(origin), where, which, limits, environment, command);
  }

  /** Rehearses on an external server; without a schema file, on the database that its URL names. */
  public Options withAgainst(String url) {
    return withAgainst(ConnectionString.parse(url));
  }

  /** Rehearses on an external server, whose connection string is read already. */
  public Options withAgainst(ConnectionString url) {
    Server server = where.server();
    return with(
        where.with(
            new Server(
                Optional.of(url), server.disposable(), server.binaries(), server.startLimit())));
  }

  /** Isolates the schema from the migrations in this way. */
  public Options withIsolation(Isolation isolation) {
    return with(new Where(where.server(), isolation, where.allowNonTransactional(), where.role()));
  }

  /** Migrates as this role. */
  public Options withRole(Role role) {
    return with(new Where(where.server(), where.isolation(), where.allowNonTransactional(), role));
  }

  /** Starts the embedded server from this folder of PostgreSQL's programs. */
  public Options withBinaries(Path folder) {
    Server server = where.server();
    return with(
        where.with(
            new Server(
                server.against(), server.disposable(), Optional.of(folder), server.startLimit())));
  }

  /** Rehearses this version and later ones. */
  public Options withSince(String version) {
    return with(
        new Which(
            which.folder(),
            which.tool(),
            Optional.of(version),
            which.appliedFrom(),
            which.config(),
            which.told(),
            which.python(),
            which.orEverything()));
  }

  /** Names the tool that deploys the migrations, where the folder does not tell it. */
  public Options withTool(String id) {
    return with(
        new Which(
            which.folder(),
            id,
            which.since(),
            which.appliedFrom(),
            which.config(),
            which.told(),
            which.python(),
            which.orEverything()));
  }

  /** Tells how that tool is run. */
  public Options with(Tool.Told told) {
    return with(
        new Which(
            which.folder(),
            which.tool(),
            which.since(),
            which.appliedFrom(),
            which.config(),
            told,
            which.python(),
            which.orEverything()));
  }

  /** Rehearses what the ledger of a configured database does not hold. */
  public Options withConfig(Path file) {
    return with(
        new Which(
            which.folder(),
            which.tool(),
            which.since(),
            which.appliedFrom(),
            Optional.of(file),
            which.told(),
            which.python(),
            which.orEverything()));
  }

  /** Replaces the limits. */
  public Options with(Limits other) {
    return new Options(schema, where, which, other, environment, command);
  }

  /** Replaces the place. */
  public Options with(Where other) {
    return new Options(schema, other, which, limits, environment, command);
  }

  /** Replaces the migrations. */
  public Options with(Which other) {
    return new Options(schema, where, other, limits, environment, command);
  }

  /** Replaces the environment: {@code PGUSER}, {@code PATH}, and what a configuration names. */
  public Options with(Map<String, String> other) {
    return new Options(schema, where, which, limits, other, command);
  }

  /** Runs the team's own command, whose migrations are code. */
  public Options with(TeamCommand own) {
    return new Options(schema, where, which, limits, environment, Optional.of(own));
  }

  /** Returns a sentence for each option that was given and has no effect beside the others. */
  List<String> withoutEffect() {
    List<String> idle = new ArrayList<>();
    if (which.since().isPresent() && which.appliedFrom().isPresent()) {
      idle.add("--applied-from has no effect beside --since");
    }
    if (which.appliedFrom().isPresent() && which.config().isPresent()) {
      idle.add("--applied-from tells what is applied, and the ledger of --config does not");
    }
    if (where.allowNonTransactional() && where.isolation() == Isolation.CLONE) {
      idle.add("--allow-non-transactional has no effect under clone isolation");
    }
    if (where.server().disposable() && where.server().against().isEmpty()) {
      idle.add("--sandbox-disposable has no effect without --against");
    } else if (where.server().disposable() && !where.role().superuser()) {
      idle.add("--sandbox-disposable has no effect without --run-as-superuser");
    }
    return idle;
  }

  /**
   * The place of the rehearsal.
   *
   * @param server the server
   * @param isolation how the schema is kept from the migrations
   * @param allowNonTransactional true if savepoint isolation runs what cannot run in a transaction,
   *     and so consumes the database
   * @param role the role that migrates
   */
  public record Where(
      Server server, Isolation isolation, boolean allowNonTransactional, Role role) {

    /** Returns the same on another server. */
    public Where with(Server other) {
      return new Where(other, isolation, allowNonTransactional, role);
    }
  }

  /**
   * The server to rehearse on.
   *
   * @param against the external server; empty: the embedded one
   * @param disposable true if the external server is thrown away afterwards
   * @param binaries a folder with PostgreSQL's server programs for the embedded server
   * @param startLimit how long the external server may take to start; zero: it is up
   */
  public record Server(
      Optional<ConnectionString> against,
      boolean disposable,
      Optional<Path> binaries,
      Duration startLimit) {

    /** The embedded server, from wherever its programs are found. */
    public static final Server EMBEDDED =
        new Server(Optional.empty(), false, Optional.empty(), Duration.ZERO);
  }

  /**
   * The role that migrates, as far as the user tells it.
   *
   * @param name its name; empty: the owner of the ledger or of most tables
   * @param superuser true if it is a superuser in production, and is to be one in the sandbox
   * @param settings those that production's database or the role has
   */
  public record Role(Optional<String> name, boolean superuser, Map<String, String> settings) {

    /** Nothing is told: it is found. */
    public static final Role FOUND = new Role(Optional.empty(), false, Map.of());

    public Role {
      // In the order in which they are told.
      settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
  }

  /**
   * The migrations, and what tells the pending ones, in the order of precedence.
   *
   * @param folder the folder with the migration files
   * @param tool the name of the tool that deploys them, or {@code auto}
   * @param since the first version to rehearse, inclusive
   * @param appliedFrom a file with the versions that are applied, one a line
   * @param config confiture's configuration, whose database holds the ledger
   * @param told what is told of how the tool is run
   * @param python true if Python migrations are executed, to record their SQL
   * @param orEverything true if every file is rehearsed on a populated schema where nothing tells
   *     what is applied; otherwise that is a problem
   */
  public record Which(
      Path folder,
      String tool,
      Optional<String> since,
      Optional<Path> appliedFrom,
      Optional<Path> config,
      Tool.Told told,
      boolean python,
      boolean orEverything) {}
}
