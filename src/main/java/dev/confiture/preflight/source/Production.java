package dev.confiture.preflight.source;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.ServerVersion;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.problem.Problem.SourceProblem;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the production database, in one read-only transaction that ends within the limit.
 *
 * <p>The transaction's snapshot is exported to pg_dump where the server allows that, so that facts
 * and schema are of one moment.
 */
public final class Production implements AutoCloseable {

  /** The warning to give where {@link #hasSnapshot} is false. */
  public static final String SNAPSHOT_WARNING =
      "the server lends its snapshot to no other session: what is applied and the schema are not of"
          + " one moment, and a deployment in between makes them disagree";

  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final Request request;
  private final Deadline deadline;
  private final Instant readAt = Instant.now();
  private final Session session;
  private final Optional<String> snapshot;
  private final ServerVersion version;
  private final String user;
  private final Thread watch;
  private final String database;
  private Runnable running = () -> {};
  private long millis;

  private Production(
      Request request, Deadline deadline, Session session, Optional<String> snapshot) {
    this.request = request;
    this.deadline = deadline;
    this.session = session;
    this.snapshot = snapshot;
    this.version = session.serverVersion();
    Row names = session.query("SELECT current_user, pg_catalog.current_database()").getFirst();
    this.user = names.text(0);
    this.database = names.text(1);
    this.watch = deadline.watch(session::abort);
  }

  /**
   * Connects to production and opens the read-only transaction.
   *
   * @throws SourceProblem if the server cannot be reached, or refuses
   * @throws UsageProblem if the URL has a parameter that the driver or pg_dump cannot take
   */
  public static Production connect(Request request) {
    Deadline deadline = Deadline.in(request.timeout());
    Request bounded = bounded(request, deadline);
    try {
      LibpqEnvironment.of(bounded.url());
      Session session = open(bounded.url(), deadline);
      try {
        return new Production(bounded, deadline, session, Optional.of(exportSnapshot(session)));
      } catch (SessionException refused) {
        session.close();
      }
      return new Production(bounded, deadline, open(bounded.url(), deadline), Optional.empty());
    } catch (IllegalArgumentException unsupported) {
      throw new UsageProblem(
          "connecting to " + request.url().redacted() + ": " + unsupported.getMessage(),
          "",
          unsupported);
    } catch (SessionException refused) {
      throw new SourceProblem(
          "connecting to " + request.url().redacted() + ": " + refused.text(),
          refused.connectionHint(SessionException.Peer.SOURCE),
          refused);
    }
  }

  private static Request bounded(Request request, Deadline deadline) {
    Map<String, String> parameters = new LinkedHashMap<>(request.url().parameters());
    parameters.putIfAbsent(
        "connect_timeout", Long.toString(Math.max(1, deadline.atMost(CONNECT_TIMEOUT) / 1000)));
    return new Request(
        new ConnectionString(parameters, request.url().uri()),
        request.timeout(),
        request.excludeSchemas(),
        request.dataTables(),
        request.binaries(),
        request.environment());
  }

  private static Session open(ConnectionString url, Deadline deadline) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("search_path", "pg_catalog, pg_temp");
    settings.put("statement_timeout", deadline.isSet() ? deadline.millisLeft() + "ms" : "0");
    settings.put("lock_timeout", deadline.atMost(LOCK_TIMEOUT) + "ms");
    // The snapshot is of use only as long as the transaction waits for pg_dump.
    settings.put("idle_in_transaction_session_timeout", "0");
    // A row security policy that hides rows of the ledger would make applied migrations pending.
    settings.put("row_security", "off");
    return Session.openReadOnly(url, settings);
  }

  /** Exports the transaction's snapshot; a standby, or a pooler before the server, may refuse. */
  private static String exportSnapshot(Session session) {
    return session.query("SELECT pg_catalog.pg_export_snapshot()").getFirst().text(0);
  }

  /** Returns the server's version. */
  public ServerVersion version() {
    return version;
  }

  /** Returns true if facts and schema are read in one snapshot. */
  public boolean hasSnapshot() {
    return snapshot.isPresent();
  }

  /** Returns the name of the database. */
  public String database() {
    return database;
  }

  /** Returns the time at which the reading began. */
  public Instant readAt() {
    return readAt;
  }

  /** Returns the identity of the cluster. */
  public ClusterIdentity cluster() {
    return ask("asking which server this is", ClusterIdentity::of);
  }

  /** Returns how long the connection has been, or was, open, in milliseconds. */
  public synchronized long millis() {
    return millis > 0 ? millis : deadline.elapsedMillis();
  }

  /**
   * Asks a question in the transaction.
   *
   * @param doing what is being done, for an error message: {@code reading …}
   * @throws SourceProblem if the server refuses, or the limit has passed
   */
  public <T> T ask(String doing, Function<Session, T> question) {
    try {
      return question.apply(session);
    } catch (SessionException refused) {
      throw problem(doing, refused);
    }
  }

  /** Reads the facts that a dump leaves out. */
  public Facts facts() {
    return ask("reading the catalog", asked -> new Facts.Reader(asked).read(readAt));
  }

  /**
   * Dumps the schema with pg_dump.
   *
   * @throws SourceProblem if pg_dump fails, or the limit passes
   */
  public Dump dump(Facts facts) {
    return new PgDump(request, deadline, snapshot, this).dump(facts);
  }

  /** Returns the tables that pg_dump cannot read; none where that cannot be asked any more. */
  MissingPrivileges missing() {
    try {
      return MissingPrivileges.find(session, request.excludeSchemas());
    } catch (SessionException lost) {
      return new MissingPrivileges(List.of());
    }
  }

  String user() {
    return user;
  }

  /** Makes the problem that the limit has passed. */
  SourceProblem overdue(String progress) {
    return new SourceProblem(
        "reading "
            + request.url().redacted()
            + " took longer than "
            + deadline.text()
            + ": "
            + progress,
        "give it more time with --source-timeout, or read less with --exclude-schemas");
  }

  private SourceProblem problem(String doing, SessionException refused) {
    String where = doing + " of " + request.url().redacted();
    if (deadline.hasPassed() || refused.is(SqlState.QUERY_CANCELED)) {
      return overdue("it was " + doing);
    }
    return new SourceProblem(
        where + ": " + refused.text(),
        refused.is(SqlState.INSUFFICIENT_PRIVILEGE)
            ? "let the user read it: "
                + MissingPrivileges.grants(version.major(), user, Identifiers.quote("public"))
            : refused.is(SqlState.LOCK_NOT_AVAILABLE)
                ? "another session holds a lock, perhaps a deployment: try again after it"
                : "look into the server's log",
        refused);
  }

  /** Registers the action that ends a program which reads production: {@link #close} runs it. */
  synchronized void running(Runnable ender) {
    running = ender;
    if (millis > 0) {
      ender.run();
    }
  }

  /** Ends the session, and the program that runs; nothing is left open on production. */
  @Override
  public synchronized void close() {
    if (millis == 0) {
      millis = Math.max(1, deadline.elapsedMillis());
      watch.interrupt();
      running.run();
      session.close();
    }
  }

  /**
   * A schema that pg_dump read from production.
   *
   * @param schema the text to restore: roles and settings, the schema, rows of the data tables
   * @param programVersion the version of pg_dump
   * @param millis how long pg_dump ran, in milliseconds
   * @param warnings what a user should know of the dump, a sentence each
   */
  public record Dump(SchemaText schema, String programVersion, long millis, List<String> warnings) {
    public Dump {
      warnings = List.copyOf(warnings);
    }
  }

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
  public record Read(
      String url,
      String database,
      String serverVersion,
      Optional<String> dumpVersion,
      Instant readAt,
      long dumpMillis,
      long millis,
      List<Facts.Table> tables) {
    public Read {
      tables = List.copyOf(tables);
    }
  }

  /**
   * A production database to read, with the limits that hold there.
   *
   * @param timeout how long everything on production may take together; zero for no limit
   * @param excludeSchemas patterns of schemas to leave out, as {@code pg_dump -N} takes them
   * @param dataTables patterns of tables whose rows are needed, as {@code pg_dump -t} takes them
   * @param binaries the folder of PostgreSQL's programs that the user named
   * @param environment this process's environment, for its {@code PATH}
   */
  public record Request(
      ConnectionString url,
      Duration timeout,
      List<String> excludeSchemas,
      List<String> dataTables,
      Optional<Path> binaries,
      Map<String, String> environment) {

    public Request {
      excludeSchemas = List.copyOf(excludeSchemas);
      dataTables = List.copyOf(dataTables);
      environment = Map.copyOf(environment);
    }
  }
}
