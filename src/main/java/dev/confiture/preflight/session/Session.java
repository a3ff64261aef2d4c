package dev.confiture.preflight.session;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.ServerVersion;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.session.Answer.Notice;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Field;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.ParameterList;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.SqlCommand;
import org.postgresql.core.Tuple;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * A session on a server, in autocommit: transactions are begun by the SQL that is sent.
 *
 * <p>Every text is sent as one <a
 * href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SIMPLE-QUERY">simple
 * query</a>, byte for byte. Not safe for use by several threads; another session can end a
 * statement of this one by its {@link #backendPid}.
 */
public final class Session implements AutoCloseable {

  /**
   * The transaction status that the server reports with each <a
   * href="https://www.postgresql.org/docs/current/protocol-message-formats.html">ReadyForQuery</a>.
   */
  public enum TransactionStatus {
    IDLE,
    IN_BLOCK,
    FAILED_BLOCK
  }

  private static final Pattern BATCH_ENTRY = Pattern.compile("^Batch entry ([0-9]{1,9}) ");

  private static final int LONGEST_PIPELINE = 200;

  /** Fits the buffers of both ends, in any language, whoever reads: in characters. */
  private static final int LONGEST_AHEAD = 8_000;

  private static final int MOST_AHEAD = 100;

  private static final int EXTENDED =
      QueryExecutor.QUERY_SUPPRESS_BEGIN | QueryExecutor.QUERY_NO_RESULTS;

  private static final int FETCHING =
      QueryExecutor.QUERY_SUPPRESS_BEGIN
          | QueryExecutor.QUERY_ONESHOT
          | QueryExecutor.QUERY_NO_BINARY_TRANSFER;

  private static final int SIMPLE = EXTENDED | QueryExecutor.QUERY_EXECUTE_AS_SIMPLE;

  private final Connection connection;
  private final BaseConnection driver;
  private final boolean keepsSettings;

  private Session(SessionStart start) throws SQLException {
    this.connection = start.connection();
    this.driver = connection.unwrap(BaseConnection.class);
    this.keepsSettings = start.keepsSettings();
  }

  /** Opens a session with the server's own settings. */
  public static Session open(ConnectionString target) {
    return open(target, Map.of());
  }

  /**
   * Opens a session.
   *
   * @param settings server settings for the session, by name; they outlive a rollback and RESET
   *     where the server takes start-up options, and go by SET where it (or a pooler) does not
   * @throws SessionException if the server cannot be reached or refuses
   * @throws IllegalArgumentException if the connection string has a keyword that the driver cannot
   *     take
   */
  public static Session open(ConnectionString target, Map<String, String> settings) {
    try {
      return new Session(SessionStart.open(target, settings));
    } catch (SQLException refused) {
      throw DriverMessages.sessionException(refused);
    }
  }

  /**
   * Opens a session of one read-only transaction, which ends with the session.
   *
   * <p>The settings end with it, too: behind a pooler the next client would find a setting of the
   * session still there, and could not write. So none is a start-up option, which poolers refuse.
   *
   * @param settings server settings for the transaction, by name
   * @throws SessionException if the server cannot be reached or refuses
   * @throws IllegalArgumentException if the connection string has a keyword that the driver cannot
   *     take
   */
  public static Session openReadOnly(ConnectionString target, Map<String, String> settings) {
    try {
      return new Session(SessionStart.readOnly(target, settings));
    } catch (SQLException refused) {
      throw DriverMessages.sessionException(refused);
    }
  }

  /**
   * Opens a session for questions of the engine's own, with a <a
   * href="https://www.postgresql.org/docs/current/ddl-schemas.html#DDL-SCHEMAS-PATH">search
   * path</a> that finds nothing but the catalog, whatever a migration has made.
   */
  public static Session openForCatalog(ConnectionString target, Map<String, String> settings) {
    Map<String, String> pinned = new LinkedHashMap<>(settings);
    pinned.put("search_path", "pg_catalog, pg_temp");
    return open(target, pinned);
  }

  /** Sends a text of the user's and discards its rows. */
  public Answer execute(String sql) {
    return execute(sql, PreferQueryMode.SIMPLE);
  }

  /**
   * The server's answer to texts that were sent ahead.
   *
   * @param answer the first refusal or the loss of the session, where there was one
   * @param executed how many of the texts were executed before the one that was refused
   */
  public record Ahead(Answer answer, int executed) {}

  /**
   * Sends texts ahead: one behind the other, each as a simple query of its own, before the server
   * answers to any.
   *
   * @param texts that {@link #maySendAhead}, each with a statement, inside one transaction block:
   *     once one is refused the server refuses all that follow, but for the block's end, which only
   *     the last may be
   * @param progress told of each statement that the server completes
   */
  public Ahead sendAhead(List<String> texts, Runnable progress) {
    Completions completions = new Completions(progress);
    QueryExecutor executor = driver.getQueryExecutor();
    try {
      executor.execute(
          executor.wrap(
              texts.stream().map(text -> new NativeQuery(text, SqlCommand.BLANK)).toList()),
          null,
          completions,
          0,
          0,
          SIMPLE);
      return completions.empty
          ? misread()
          : new Ahead(new Answer.Completed(completions.warnings), texts.size());
    } catch (SQLException thrown) {
      if (completions.empty) {
        return misread();
      }
      return new Ahead(
          refusedOrLost(thrown, completions.count),
          Math.max(0, texts.size() - completions.refusals - completions.ends));
    }
  }

  /** Ends a session in which the driver took one text's answer for another's. */
  private Ahead misread() {
    abort();
    return new Ahead(new Answer.Lost("a text without a statement was sent ahead"), 0);
  }

  /**
   * Returns true if texts are few and short enough to be sent ahead: with longer ones each side
   * could wait for the other with full buffers.
   */
  public static boolean maySendAhead(List<String> texts) {
    return texts.size() <= MOST_AHEAD
        && texts.stream().mapToInt(String::length).sum() <= LONGEST_AHEAD;
  }

  /**
   * The server's answer to a statement, and what it has found, as text.
   *
   * @param columns the names of its columns; none where it returns no rows or was refused
   * @param complete false where it found more than is read, and the rows are none
   */
  public record Fetched(Answer answer, List<String> columns, List<Row> rows, boolean complete) {

    public Fetched {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }

    /** Makes the answer to a statement whose rows nobody reads. */
    public static Fetched of(Answer answer) {
      return new Fetched(answer, List.of(), List.of(), true);
    }

    /** Returns the same with another answer. */
    public Fetched with(Answer other) {
      return new Fetched(other, columns, rows, complete);
    }
  }

  /**
   * Sends a statement of the user's and returns its rows, as the server writes them. It is an
   * extended query: only of such a one the server sends no more rows than are asked for.
   */
  public Fetched fetch(String sql) {
    Rows rows = new Rows();
    Answer answer = execute(sql, Rows.MOST + 1, FETCHING, PreferQueryMode.EXTENDED, rows);
    return rows.found.with(answer);
  }

  private Answer execute(String sql, PreferQueryMode mode) {
    int flags = mode == PreferQueryMode.SIMPLE ? SIMPLE : EXTENDED;
    return execute(sql, 0, flags, mode, new Completions(() -> {}));
  }

  private Answer execute(
      String sql, int mostRows, int flags, PreferQueryMode mode, Completions completions) {
    try {
      inMode(
          mode,
          () ->
              driver
                  .getQueryExecutor()
                  .execute(unsplit(sql), null, completions, mostRows, 0, flags));
      return new Answer.Completed(completions.warnings);
    } catch (SQLException thrown) {
      return refusedOrLost(thrown, completions.count);
    }
  }

  /** Makes one query of a text, also of one that the driver would split in its present mode. */
  private Query unsplit(String sql) throws SQLException {
    Query query = driver.createQuery(sql, false, false).query;
    if (query.getSubqueries() == null) {
      return query;
    }
    List<Query> whole = new ArrayList<>();
    inMode(PreferQueryMode.SIMPLE, () -> whole.add(driver.createQuery(sql, false, false).query));
    return whole.getFirst();
  }

  /**
   * Sends a text of the user's as one <a
   * href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY">extended
   * query</a>, which PostgreSQL refuses where it holds several statements.
   */
  public Answer executeExtended(String sql) {
    return execute(sql, PreferQueryMode.EXTENDED);
  }

  /**
   * Sends statements of the user's in one <a
   * href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING">pipeline</a>,
   * each an extended query, with one Sync behind all of them.
   *
   * @param statements that {@link #fitIntoPipeline}
   */
  public Answer pipeline(List<String> statements) {
    try (Statement batch = connection.createStatement()) {
      batch.setEscapeProcessing(false);
      inMode(
          PreferQueryMode.EXTENDED,
          () -> {
            for (String statement : statements) {
              batch.addBatch(statement);
            }
            batch.executeBatch();
          });
      return new Answer.Completed(List.of());
    } catch (BatchUpdateException thrown) {
      return refusedOrLost(
          thrown.getCause() instanceof SQLException cause ? cause : thrown, entry(thrown));
    } catch (SQLException thrown) {
      return refusedOrLost(thrown, 0);
    }
  }

  /**
   * Returns true if the driver can send these statements in one pipeline: it begins another behind
   * some 250 of them, so that neither side waits for the other with full buffers, and refuses what
   * it would split.
   */
  public boolean fitIntoPipeline(List<String> statements) {
    if (statements.size() > LONGEST_PIPELINE) {
      return false;
    }
    List<Query> split = new ArrayList<>();
    try {
      inMode(
          PreferQueryMode.EXTENDED,
          () -> {
            for (String statement : statements) {
              split.add(driver.createQuery(statement, false, false).query);
            }
          });
    } catch (SQLException unreadable) {
      return false;
    }
    return split.stream().allMatch(query -> query.getSubqueries() == null);
  }

  /** Something that the driver does. */
  @FunctionalInterface
  private interface Action {
    void run() throws SQLException;
  }

  /** Has the driver do something in another mode than that of the session, which is simple. */
  private void inMode(PreferQueryMode mode, Action action) throws SQLException {
    QueryExecutor executor = driver.getQueryExecutor();
    PreferQueryMode own = executor.getPreferQueryMode();
    executor.setPreferQueryMode(mode);
    try {
      action.run();
    } finally {
      executor.setPreferQueryMode(own);
    }
  }

  /**
   * Sends a text of the user's as a program does that leaves all to this driver: it splits the text
   * by its own rule, and sends the statements in one pipeline.
   *
   * <p>What the driver refuses by itself has no SQLSTATE. Positions in an error are those of the
   * statement as the driver has cut it.
   *
   * @param prepared true if it makes parameters of question marks, as of a prepared statement
   */
  public Answer call(String sql, boolean prepared) {
    Completions completions = new Completions(() -> {});
    List<ParameterList> parametrized = new ArrayList<>();
    try {
      inMode(
          PreferQueryMode.EXTENDED,
          () -> {
            Query query = driver.createQuery(sql, false, prepared).query;
            ParameterList parameters = query.createParameterList();
            if (parameters != null && parameters.getParameterCount() > 0) {
              parametrized.add(parameters);
            }
            driver
                .getQueryExecutor()
                .execute(
                    query,
                    parametrized.isEmpty() ? null : parameters,
                    completions,
                    0,
                    0,
                    QueryExecutor.QUERY_ONESHOT
                        | QueryExecutor.QUERY_SUPPRESS_BEGIN
                        | (parametrized.isEmpty() ? 0 : QueryExecutor.QUERY_DESCRIBE_ONLY));
          });
      return parametrized.isEmpty()
          ? new Answer.Completed(completions.warnings)
          : ofDriver("No value specified for parameter 1.", 0);
    } catch (SQLException thrown) {
      Answer answer = refusedOrLost(thrown, completions.count);
      return answer instanceof Answer.Refused && DriverMessages.serverError(thrown).isEmpty()
          ? ofDriver(DriverMessages.text(thrown.getMessage()), completions.count)
          : answer;
    }
  }

  private static Answer ofDriver(String message, int completed) {
    return new Answer.Refused(ServerError.of("", message, Optional.empty()), completed);
  }

  /** Returns the index of the refused statement, which the driver tells in words alone. */
  private static int entry(BatchUpdateException thrown) {
    Matcher entry = BATCH_ENTRY.matcher(String.valueOf(thrown.getMessage()));
    return entry.find() ? Integer.parseInt(entry.group(1)) : 0;
  }

  /**
   * Counts the statements that the server has completed before it refused one: it says so for each
   * (CommandComplete), so that the one it refused is known without a position.
   *
   * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html">Message Flow</a>
   */
  private static class Completions extends ResultHandlerBase {

    private static final int MOST_WARNINGS = 100;

    private final Runnable progress;
    private final List<Notice> warnings = new ArrayList<>();
    private int count;
    private int refusals;
    private int ends;

    /** True once a text held no statement: the driver then awaits an answer too few. */
    private boolean empty;

    Completions(Runnable progress) {
      this.progress = progress;
    }

    @Override
    public void handleError(SQLException error) {
      refusals++;
      super.handleError(error);
    }

    @Override
    public void handleWarning(SQLWarning warning) {
      if (warnings.size() < MOST_WARNINGS) {
        warnings.add(DriverMessages.notice(warning));
      }
    }

    @Override
    public void handleResultRows(
        Query fromQuery, Field[] fields, List<Tuple> tuples, @Nullable ResultCursor cursor) {
      completed();
    }

    @Override
    public void handleCommandStatus(String status, long updateCount, long insertOid) {
      empty = empty || status.equals("EMPTY");
      completed();
    }

    private void completed() {
      if (refusals == 0) {
        count++;
      } else {
        // A failed transaction block completes nothing but its own end.
        ends++;
      }
      progress.run();
    }
  }

  /** Keeps the rows of a statement too, unless they are more than a file may hold. */
  private static final class Rows extends Completions {

    private static final int MOST = 10_000;
    private static final int MOST_BYTES = 64 << 20;

    private Fetched found = Fetched.of(new Answer.Completed(List.of()));

    private Rows() {
      super(() -> {});
    }

    @Override
    public void handleResultRows(
        Query fromQuery, Field[] fields, List<Tuple> tuples, @Nullable ResultCursor cursor) {
      super.handleResultRows(fromQuery, fields, tuples, cursor);
      boolean complete =
          tuples.size() <= MOST && tuples.stream().mapToLong(Tuple::length).sum() <= MOST_BYTES;
      found =
          new Fetched(
              found.answer(),
              Stream.of(fields).map(Field::getColumnLabel).toList(),
              complete ? tuples.stream().map(Rows::row).toList() : List.of(),
              complete);
    }

    private static Row row(Tuple tuple) {
      List<Optional<String>> values = new ArrayList<>();
      for (int i = 0; i < tuple.fieldCount(); i++) {
        values.add(
            Optional.ofNullable(tuple.get(i))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8)));
      }
      return new Row(values);
    }
  }

  /** Sends a {@code COPY … FROM STDIN} and its data. */
  public Answer copyIn(String sql, String data) {
    try {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(sql, new ByteArrayInputStream(data.getBytes(StandardCharsets.UTF_8)));
      return new Answer.Completed(List.of());
    } catch (SQLException thrown) {
      return refusedOrLost(thrown, 0);
    } catch (IOException thrown) {
      return new Answer.Lost(String.valueOf(thrown.getMessage()));
    }
  }

  /** Sends a {@code COPY … TO STDOUT} and discards its rows. */
  public Answer copyOut(String sql) {
    try {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut(sql, OutputStream.nullOutputStream());
      return new Answer.Completed(List.of());
    } catch (SQLException thrown) {
      return refusedOrLost(thrown, 0);
    } catch (IOException thrown) {
      return new Answer.Lost(String.valueOf(thrown.getMessage()));
    }
  }

  /**
   * Sends a command of the engine's own.
   *
   * @throws SessionException if the server refuses it
   */
  public void run(String sql) {
    query(sql);
  }

  /**
   * Sends a query of the engine's own and returns its rows.
   *
   * @throws SessionException if the server refuses it
   */
  public List<Row> query(String sql) {
    List<Row> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      if (statement.execute(sql)) {
        ResultSet result = statement.getResultSet();
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
          List<Optional<String>> values = new ArrayList<>(columns);
          for (int i = 1; i <= columns; i++) {
            values.add(Optional.ofNullable(result.getString(i)));
          }
          rows.add(new Row(values));
        }
      }
    } catch (SQLException thrown) {
      throw DriverMessages.sessionException(thrown);
    }
    return rows;
  }

  /**
   * Does away with all that the session was left with, and returns true; returns false where the
   * server refuses that, or where it would lose the settings that it was opened with, too.
   *
   * @param settings the commands that are sent next
   * @see <a href="https://www.postgresql.org/docs/current/sql-discard.html">DISCARD</a>
   */
  public boolean discard(String settings) {
    return keepsSettings
        && sendAhead(List.of("DISCARD ALL", settings), () -> {}).answer()
            instanceof Answer.Completed;
  }

  /** Returns the process id of the session's backend. */
  public int backendPid() {
    return driver.getBackendPID();
  }

  /** Returns the transaction status that the server reported with its last answer. */
  public TransactionStatus transactionStatus() {
    return switch (driver.getTransactionState()) {
      case IDLE -> TransactionStatus.IDLE;
      case OPEN -> TransactionStatus.IN_BLOCK;
      case FAILED -> TransactionStatus.FAILED_BLOCK;
    };
  }

  /** Returns the server's version. */
  public ServerVersion serverVersion() {
    Row row =
        query(
                "SELECT current_setting('server_version_num'),"
                    + " split_part(current_setting('server_version'), ' ', 1)")
            .getFirst();
    return new ServerVersion(row.number(0), row.text(1));
  }

  /**
   * Takes the connection for lost where the server does not answer a message within a time: a
   * network that drops everything says nothing of it.
   *
   * @param silence zero for no limit
   * @throws SessionException if the connection is gone already
   */
  public void giveUpAfter(Duration silence) {
    try {
      connection.setNetworkTimeout(
          Runnable::run, (int) Math.min(Integer.MAX_VALUE, silence.toMillis()));
    } catch (SQLException gone) {
      throw DriverMessages.sessionException(gone);
    }
  }

  /** Cuts the connection from another thread; a call that waits for the server returns. */
  public void abort() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException alreadyGone) {
      // Nothing is left to cut.
    }
  }

  /** Ends the session; the server rolls back an open transaction. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException alreadyGone) {
      // The server ends a session whose connection is gone.
    }
  }

  private Answer refusedOrLost(SQLException thrown, int completed) {
    Optional<ServerError> error = DriverMessages.serverError(thrown);
    boolean closed;
    try {
      closed = connection.isClosed();
    } catch (SQLException unknowable) {
      closed = true;
    }
    if (closed || error.filter(Session::endsTheBackend).isPresent()) {
      return new Answer.Lost(
          DriverMessages.text(thrown.getMessage()),
          error,
          DriverMessages.driverLeft(thrown),
          completed);
    }
    return new Answer.Refused(
        error.orElseGet(
            () ->
                ServerError.of(
                    DriverMessages.text(thrown.getSQLState()),
                    DriverMessages.text(thrown.getMessage()),
                    Optional.empty())),
        completed);
  }

  /**
   * Returns true if the backend is gone: the driver notices that only with its next message. A
   * RAISE can report the same SQLSTATE.
   */
  private static boolean endsTheBackend(ServerError error) {
    return error.is(SqlState.ADMIN_SHUTDOWN) && !error.isRaised();
  }
}
