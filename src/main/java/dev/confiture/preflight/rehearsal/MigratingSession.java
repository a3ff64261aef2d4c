package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.sandbox.MigratedDatabase;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.Session.TransactionStatus;
import dev.confiture.preflight.session.SessionException;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The session in which migrations run: watched, and opened anew after its backend died. */
final class MigratingSession implements AutoCloseable {

  /** With its comments; a longer text is not parsed only for this. */
  private static final int LONGEST_DISCARD = 100_000;

  /** Bounds the wait for the held snapshot: nobody else in the clone could be waited for. */
  private static final String LONGEST_WAIT = "2s";

  private final MigratedDatabase database;
  private final Watchdog watchdog;
  private final Limits limits;
  private final Stop stop;
  private volatile Session session;
  private Optional<String> searchPath = Optional.empty();
  private boolean lost;

  MigratingSession(MigratedDatabase database, Watchdog watchdog, Limits limits, Stop stop) {
    this.database = database;
    this.watchdog = watchdog;
    this.limits = limits;
    this.stop = stop;
    this.session = database.openMigrating();
  }

  /** Begins a new session, as a tool does that connects for each file. */
  void renew() {
    session.close();
    session = database.openMigrating();
    lost = false;
  }

  /**
   * Puts the role and the {@code search_path} back that it had at the first call. In a failed
   * transaction it does nothing.
   */
  void restoreRole() {
    if (lost || session.transactionStatus() == TransactionStatus.FAILED_BLOCK) {
      return;
    }
    if (searchPath.isEmpty()) {
      searchPath =
          Optional.of(
              session.query("SELECT pg_catalog.current_setting('search_path')").getFirst().text(0));
      return;
    }
    command(database.setRole().orElse("RESET ROLE"));
    command(
        "SELECT pg_catalog.set_config('search_path', "
            + Identifiers.literal(searchPath.get())
            + ", false)");
  }

  /** Resets all settings, to those with which the role begins a session; the role stays. */
  void resetSettings() {
    command("RESET ALL");
    // Apart: a role that a file has left may not be allowed to set them.
    command(database.roleSettings());
  }

  /** Begins a new session in the same backend, where {@link DiscardAll} gives one. */
  void discard() {
    if (lost || session.transactionStatus() != TransactionStatus.IDLE) {
      renew();
      return;
    }
    // Where it is refused: what a new session finds, the file is to find.
    if (!session.discard(database.settlement())) {
      renew();
    }
  }

  /** Begins a new session if the last one's backend is gone. */
  void revive() {
    if (lost) {
      renew();
    }
  }

  /** Returns true once its backend is gone. */
  boolean isLost() {
    return lost;
  }

  /**
   * Makes it what a new one would be, within its transaction: all that <a
   * href="https://www.postgresql.org/docs/current/sql-discard.html">DISCARD ALL</a> does, which
   * itself cannot run there, but for temporary objects.
   */
  void reset() {
    query(
        "CLOSE ALL; SET SESSION AUTHORIZATION DEFAULT; RESET ALL; DEALLOCATE ALL; UNLISTEN *;"
            + " SELECT pg_catalog.pg_advisory_unlock_all(); DISCARD PLANS;"
            + " DISCARD SEQUENCES");
    database.settle(session);
  }

  /**
   * Asks a question of the engine's own, or sends a command that must not fail.
   *
   * @throws SessionException if the server refuses
   */
  List<Row> query(String sql) {
    return session.query(sql);
  }

  /** Asks a question of the tool's own: watched, since a migration may have made what it reads. */
  QueryResult ask(String sql) {
    if (stopped() || lost) {
      lost = true;
      return new QueryResult.Lost("the session is gone");
    }
    try (Watchdog.Watch watch = watchdog.watch(session, limits.statement())) {
      QueryResult asked = asked(sql);
      return watch.fired()
              && asked instanceof QueryResult.Refused(ServerError error)
              && error.is(SqlState.QUERY_CANCELED)
          ? new QueryResult.Refused(
              overLimit(SqlState.QUERY_CANCELED, "and was cancelled by the wall clock"))
          : asked;
    }
  }

  private QueryResult asked(String sql) {
    try {
      List<Row> rows = session.query(sql);
      return new QueryResult.Value(rows.isEmpty() ? Optional.empty() : rows.getFirst().optional(0));
    } catch (SessionException refused) {
      Optional<ServerError> error =
          refused.error().filter(said -> !said.is(SqlState.ADMIN_SHUTDOWN));
      lost = lost || error.isEmpty();
      return error
          .<QueryResult>map(QueryResult.Refused::new)
          .orElseGet(() -> new QueryResult.Lost(refused.text()));
    }
  }

  /** Ends what runs, from another thread. */
  void interrupt() {
    watchdog.terminate(session);
  }

  /** Sends text of the user's that holds so many statements. */
  Answer send(String text, int statements) {
    if (stopped()) {
      return ended();
    }
    Duration limit = limits.statement().multipliedBy(Math.max(1, statements));
    try (Watchdog.Watch watch = watchdog.watch(session, limit)) {
      Answer answer = checked(session.execute(text), watch);
      keepRole(answer, text);
      return answer;
    }
  }

  /**
   * Sends texts of the user's, and commands around them, before the server answers to any.
   *
   * @param texts as {@link Session#sendAhead} takes them
   * @param statements the most that one of them holds
   */
  Session.Ahead sendAhead(List<String> texts, int statements) {
    if (stopped()) {
      return new Session.Ahead(ended(), 0);
    }
    Duration limit = limits.statement().multipliedBy(Math.max(1, statements));
    try (Watchdog.Watch watch = watchdog.watch(session, limit)) {
      Session.Ahead ahead = session.sendAhead(texts, () -> watch.again(limit));
      if (ahead.answer() instanceof Answer.Lost gone && gone.endedByDriver()) {
        // The server goes on with what it was sent, and keeps its locks.
        watchdog.end(session);
      }
      return new Session.Ahead(checked(ahead.answer(), watch), ahead.executed());
    }
  }

  /** Takes the role again that DISCARD has given up. */
  private void keepRole(Answer answer, String text) {
    if (answer instanceof Answer.Completed && discards(text)) {
      database.setRole().ifPresent(session::execute);
    }
  }

  /** Sends a statement of the user's whose rows its tool reads. */
  Session.Fetched fetch(String text) {
    if (stopped()) {
      return Session.Fetched.of(ended());
    }
    try (Watchdog.Watch watch = watchdog.watch(session, limits.statement())) {
      Session.Fetched fetched = session.fetch(text);
      Answer answer = checked(fetched.answer(), watch);
      keepRole(answer, text);
      return fetched.with(answer);
    }
  }

  /** Returns true if the driver can send these statements in one pipeline. */
  boolean fitIntoPipeline(List<String> statements) {
    return session.fitIntoPipeline(statements);
  }

  /** Sends text of the user's as one extended query. */
  Answer sendExtended(String text) {
    if (stopped()) {
      return ended();
    }
    try (Watchdog.Watch watch = watchdog.watch(session, limits.statement())) {
      return checked(session.executeExtended(text), watch);
    }
  }

  /**
   * Sends text of the user's that holds so many statements in one call of the driver.
   *
   * @param prepared true if question marks are parameters
   */
  Answer call(String text, boolean prepared, int statements) {
    if (stopped()) {
      return ended();
    }
    Duration limit = limits.statement().multipliedBy(Math.max(1, statements));
    try (Watchdog.Watch watch = watchdog.watch(session, limit)) {
      return checked(session.call(text, prepared), watch);
    }
  }

  /** Sends statements of the user's in one pipeline. */
  Answer pipeline(List<String> statements) {
    if (stopped()) {
      return ended();
    }
    Duration limit = limits.statement().multipliedBy(Math.max(1, statements.size()));
    try (Watchdog.Watch watch = watchdog.watch(session, limit)) {
      return checked(session.pipeline(statements), watch);
    }
  }

  /**
   * Opens a second session that holds a snapshot, until it is closed: what waits for all snapshots
   * to end is refused by {@code lock_timeout}, at which it would otherwise wait for ever.
   */
  HeldSnapshot holdSnapshot() {
    Session holder = database.openMigrating();
    try {
      holder.run("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      holder.query("SELECT 1");
      String limit = session.query("SHOW lock_timeout").getFirst().text(0);
      session.run("SET lock_timeout = '" + LONGEST_WAIT + "'");
      return () -> {
        holder.close();
        if (!lost) {
          session.execute("SET lock_timeout = '" + limit + "'");
        }
      };
    } catch (SessionException refused) {
      holder.close();
      throw refused;
    }
  }

  /** Sends a query in a session of its own, which what a file has set does not reach. */
  Answer apart(String sql) {
    if (stopped() || lost) {
      return ended();
    }
    try (Session other = database.openMigrating();
        Watchdog.Watch _ = watchdog.watch(other, limits.statement())) {
      return other.execute(sql);
    } catch (SessionException refused) {
      return new Answer.Lost(refused.text());
    }
  }

  /** A snapshot that is held. */
  interface HeldSnapshot extends AutoCloseable {
    @Override
    void close();
  }

  /** Returns true for DISCARD, which cannot stand beside other commands nor in a transaction. */
  private static boolean discards(String text) {
    return text.length() < LONGEST_DISCARD
        && text.toLowerCase(Locale.ROOT).contains("discard")
        && Script.of(SourceText.of(text)).statements().stream().anyMatch(ResetIdentity::isDiscard);
  }

  /** Sends a COPY with its data. */
  Answer copyIn(String text, String data) {
    if (stopped()) {
      return ended();
    }
    try (Watchdog.Watch watch = watchdog.watch(session, limits.statement())) {
      return checked(session.copyIn(text, data), watch);
    }
  }

  /** Sends a COPY whose rows come back. */
  Answer copyOut(String text) {
    if (stopped()) {
      return ended();
    }
    try (Watchdog.Watch watch = watchdog.watch(session, limits.statement())) {
      return checked(session.copyOut(text), watch);
    }
  }

  /** Sends a command of the engine's own; nothing is watched. */
  Answer command(String sql) {
    if (stopped()) {
      return ended();
    }
    return lost ? new Answer.Lost("the session is gone") : checked(session.execute(sql));
  }

  TransactionStatus status() {
    return session.transactionStatus();
  }

  boolean stopped() {
    return stop.requested().isPresent();
  }

  /** Answers for a session that a stop, which came while it was being opened, did not end. */
  private Answer ended() {
    lost = true;
    return new Answer.Lost("the rehearsal was ended");
  }

  private Answer checked(Answer answer, Watchdog.Watch watch) {
    Answer checked = checked(answer);
    if (!watch.fired()) {
      return checked;
    }
    return switch (checked) {
      case Answer.Completed _ -> checked;
      case Answer.Refused(ServerError error, int completed) ->
          error.is(SqlState.QUERY_CANCELED)
              ? new Answer.Refused(
                  overLimit(SqlState.QUERY_CANCELED, "and was cancelled by the wall clock"),
                  completed)
              : checked;
      case Answer.Lost gone ->
          new Answer.Lost(
              gone.reason(),
              Optional.of(
                  overLimit(
                      SqlState.ADMIN_SHUTDOWN,
                      "did not stop when it was cancelled, and its backend was terminated")),
              false,
              gone.completed());
    };
  }

  private ServerError overLimit(String code, String what) {
    return ServerError.of(
        code,
        "the statement ran longer than " + limits.statement().toMillis() + " ms, " + what,
        Optional.of("the statement timeout sets the limit"));
  }

  private Answer checked(Answer answer) {
    lost = lost || answer instanceof Answer.Lost;
    return answer;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (SessionException alreadyGone) {
      // It ends with its connection.
    }
  }

  /** The server's answer to a question of the tool's own. */
  sealed interface QueryResult {

    /**
     * An answer.
     *
     * @param value the first value of the first row, where there is one
     */
    record Value(Optional<String> value) implements QueryResult {}

    /** The server refused the question. */
    record Refused(ServerError error) implements QueryResult {}

    /** The session is gone. */
    record Lost(String reason) implements QueryResult {}
  }
}
