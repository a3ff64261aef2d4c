package dev.confiture.preflight.source;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.ServerVersion;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.problem.SourceProblem;
import dev.confiture.preflight.problem.UsageProblem;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The production database, read in one transaction that only reads and ends within the limit.
 *
 * <p>What is asked and what pg_dump reads is of one moment: the transaction's snapshot is exported
 * where the server allows that.
 */
public final class Production implements AutoCloseable {

  private static final Duration FOR_A_LOCK = Duration.ofSeconds(5);
  private static final Duration TO_CONNECT = Duration.ofSeconds(10);

  private final ProductionRequest request;
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
      ProductionRequest request, Deadline deadline, Session session, Optional<String> snapshot) {
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
   * Connects.
   *
   * @throws SourceProblem if it cannot be reached, or refuses
   * @throws UsageProblem if the URL holds what cannot be carried
   */
  public static Production connect(ProductionRequest request) {
    Deadline deadline = Deadline.in(request.timeout());
    ProductionRequest bounded = bounded(request, deadline);
    try {
      LibpqEnvironment.of(bounded.url());
      Session session = open(bounded.url(), deadline);
      try {
        return new Production(bounded, deadline, session, Optional.of(exported(session)));
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
          refused.connectionHint(),
          refused);
    }
  }

  private static ProductionRequest bounded(ProductionRequest request, Deadline deadline) {
    Map<String, String> parameters = new LinkedHashMap<>(request.url().parameters());
    parameters.putIfAbsent(
        "connect_timeout", Long.toString(Math.max(1, deadline.atMost(TO_CONNECT) / 1000)));
    return new ProductionRequest(
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
    settings.put("lock_timeout", deadline.atMost(FOR_A_LOCK) + "ms");
    // The snapshot is of use only as long as the transaction waits for pg_dump.
    settings.put("idle_in_transaction_session_timeout", "0");
    // A policy that hides rows would make what is applied pending.
    settings.put("row_security", "off");
    return Session.openReadOnly(url, settings);
  }

  /** A standby, or a pooler before it, may refuse. */
  private static String exported(Session session) {
    return session.query("SELECT pg_catalog.pg_export_snapshot()").getFirst().text(0);
  }

  /** The server's version. */
  public ServerVersion version() {
    return version;
  }

  /** Whether what is asked and what is dumped are of one moment. */
  public boolean isOneMoment() {
    return snapshot.isPresent();
  }

  /** The name of the database. */
  public String database() {
    return database;
  }

  /** When the reading began. */
  public Instant readAt() {
    return readAt;
  }

  /** Which cluster it is of. */
  public ClusterIdentity cluster() {
    return ask("asking which server this is", ClusterIdentity::of);
  }

  /** How long it was connected to, in milliseconds; so far, while it is. */
  public synchronized long millis() {
    return millis > 0 ? millis : deadline.millis();
  }

  /**
   * Asks something.
   *
   * @param doing what, for people: {@code reading …}
   * @throws SourceProblem if the server refuses
   */
  public <T> T ask(String doing, Function<Session, T> question) {
    try {
      return question.apply(session);
    } catch (SessionException refused) {
      throw problem(doing, refused);
    }
  }

  /** Reads what the catalog tells beside the schema. */
  public Facts facts() {
    return ask("reading the catalog", asked -> new FactsReader(asked).read(readAt));
  }

  /**
   * Dumps the schema.
   *
   * @throws SourceProblem if it cannot be done, or not in time
   */
  public Dump dump(Facts facts) {
    return new Dumping(request, deadline, snapshot, this).dump(facts);
  }

  /** What pg_dump cannot read. */
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

  /** That the time is over. */
  SourceProblem overdue(String howFar) {
    return new SourceProblem(
        "reading "
            + request.url().redacted()
            + " took longer than "
            + deadline.text()
            + ": "
            + howFar,
        "give it more time with --source-timeout, or read less with --exclude-schemas");
  }

  private SourceProblem problem(String doing, SessionException refused) {
    String where = doing + " of " + request.url().redacted();
    if (deadline.isOver() || refused.is(SqlState.QUERY_CANCELED)) {
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

  /** A program works there, and ends this way. */
  synchronized void running(Runnable ender) {
    running = ender;
    if (millis > 0) {
      ender.run();
    }
  }

  /** Ends the session and what runs: nothing is left open there. */
  @Override
  public synchronized void close() {
    if (millis == 0) {
      millis = Math.max(1, deadline.millis());
      watch.interrupt();
      running.run();
      session.close();
    }
  }
}
