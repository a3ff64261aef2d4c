package dev.confiture.preflight.migrations;

import java.util.List;
import java.util.Optional;

/**
 * The way in which a tool executes one file: data, which the rehearsal interprets.
 *
 * @param send the messages in which the text goes to the server
 * @param scope the transaction that the tool opens around it
 * @param outside the consequence of a statement that refuses to run inside that transaction
 * @param carry the part of the session that reaches the next file
 * @param record what the tool writes into its ledger
 * @param end the fate of a transaction that is open after the file's last statement
 * @param ownEnd the consequence of a file that has ended the tool's transaction
 * @param snapshot the way out of what a snapshot blocks, where the tool holds one in a second
 *     session as long as a file runs: a concurrent index build waits for its end, which never comes
 * @param around what it sends before and behind the file, in the file's transaction
 */
public record Execution(
    Send send,
    Scope scope,
    OutsideTransaction outside,
    Carry carry,
    LedgerWrites record,
    EndOfFile end,
    OwnEnd ownEnd,
    Optional<String> snapshot,
    Around around) {

  /** Makes the execution by a tool that holds no snapshot beside it. */
  public Execution(
      Send send,
      Scope scope,
      OutsideTransaction outside,
      Carry carry,
      LedgerWrites record,
      EndOfFile end,
      OwnEnd ownEnd) {
    this(send, scope, outside, carry, record, end, ownEnd, Optional.empty(), Around.NONE);
  }

  /** The messages in which a text goes to the server. */
  public sealed interface Send {

    /**
     * One simple query, which PostgreSQL splits, and parses as a whole before it runs any of it.
     */
    record WholeText() implements Send {}

    /**
     * One simple query a part, each of which may hold several statements.
     *
     * @param starts the offsets in the text at which the parts start; each ends where the next
     *     starts
     */
    record Parts(List<Integer> starts) implements Send {
      public Parts {
        starts = List.copyOf(starts);
      }
    }

    /**
     * One <a
     * href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING">pipeline</a>
     * of extended queries, a part each, and the ledger's last write with them: one implicit
     * transaction, in which a statement that refuses one may be the first.
     *
     * @param starts the offsets in the text at which the parts start
     */
    record Pipeline(List<Integer> starts) implements Send {
      public Pipeline {
        starts = List.copyOf(starts);
      }
    }

    /**
     * One <a
     * href="https://docs.oracle.com/en/java/javase/25/docs/api/java.sql/java/sql/Statement.html">execute</a>
     * of a JDBC driver a part: it splits the part by its own rule, and sends the statements in one
     * pipeline.
     *
     * @param starts the offsets in the text at which the parts start
     * @param prepared true if it makes parameters of question marks, as of a prepared statement
     */
    record Calls(List<Integer> starts, boolean prepared) implements Send {
      public Calls {
        starts = List.copyOf(starts);
      }
    }

    /** One simple query a statement, as psql does. */
    record Statements() implements Send {}
  }

  /** The transaction that a tool opens around a file. */
  public enum Scope {
    /** None: the file's own BEGIN and COMMIT, and every other message by itself. */
    NONE,
    /** One transaction a file. */
    FILE,
    /** One transaction a file, and the file inside a savepoint of it. */
    FILE_IN_SAVEPOINT,
    /** One transaction around all pending files: the last one's failure undoes the first. */
    RUN
  }

  /** The consequence of a statement that refuses to run inside a transaction block. */
  public sealed interface OutsideTransaction {

    /**
     * The file fails.
     *
     * @param remedy what in the file makes the tool open no transaction, if there is a way
     */
    record Never(Optional<String> remedy) implements OutsideTransaction {}

    /**
     * The tool knows such statements by their words and opens no transaction, if the file holds no
     * other; beside others the file fails, and so does a procedure that commits.
     *
     * @param note what a reader should know of a file that ran so
     */
    record SingleStatement(String note) implements OutsideTransaction {}

    /** The whole file is executed without a transaction. */
    record WholeFile() implements OutsideTransaction {}
  }

  /** The part of a session that reaches the next file. */
  public enum Carry {
    /** Everything: all files run in one session, in which nothing is reset. */
    SAME_SESSION,
    /**
     * Everything but the role and the {@code search_path}: the tool puts these back before each
     * file, and before what it records apart.
     */
    SAME_SESSION_IN_OWN_ROLE,
    /** Everything but settings, which the tool resets before each file. */
    SETTINGS_RESET,
    /** Nothing: each file has a session of its own. */
    NEW_SESSION
  }

  /** The fate of a transaction that is open after the last statement of a file. */
  public enum EndOfFile {
    /** The tool commits it. */
    TOOL_COMMITS,
    /** The session ends, and with it the transaction is rolled back: exit code 0, and no effect. */
    TRANSACTION_LOST,
    /** The tool fails when it goes on in a transaction that it has not opened. */
    TRANSACTION_REFUSED,
    /**
     * It is rolled back, and without one the tool fails too, when all of the file is applied and
     * recorded: its driver commits nothing where the tool has opened no transaction.
     */
    COMMIT_REFUSED
  }

  /**
   * The simple queries by which a tool records a file in its ledger.
   *
   * @param before before the file's text, outside every transaction
   * @param after after it, inside the tool's transaction where there is one
   * @param apart after that has ended, in a transaction of its own, and in a session of its own
   *     where each file has one: where it fails, the file stays
   * @param between after each message but the last, as {@code after} is after that
   */
  public record LedgerWrites(
      Optional<String> before,
      Optional<String> after,
      Optional<String> apart,
      Optional<String> between) {

    /** A tool without a ledger, or a database that has none. */
    public static final LedgerWrites NONE = new LedgerWrites(Optional.empty(), Optional.empty());

    /** Makes the writes of a tool that writes nothing apart. */
    public LedgerWrites(Optional<String> before, Optional<String> after) {
      this(before, after, Optional.empty());
    }

    /** Makes the writes of a tool that records a file as a whole. */
    public LedgerWrites(Optional<String> before, Optional<String> after, Optional<String> apart) {
      this(before, after, apart, Optional.empty());
    }

    /** Returns the same, begun by a query that makes the ledger. */
    public LedgerWrites making(String query) {
      return new LedgerWrites(
          Optional.of(before.map(first -> query + "; " + first).orElse(query)),
          after,
          apart,
          between);
    }
  }

  /**
   * What a tool sends around each file, beside its ledger's: hooks of the project.
   *
   * @param before first in the file's transaction, in order
   * @param after last in it
   */
  public record Around(List<Query> before, List<Query> after) {

    /** Nothing. */
    public static final Around NONE = new Around(List.of(), List.of());

    public Around {
      before = List.copyOf(before);
      after = List.copyOf(after);
    }
  }

  /**
   * A simple query.
   *
   * @param name what is said of it where it fails: the file that holds it
   */
  public record Query(String name, String text) {}

  /** The consequence of a file whose own COMMIT or ROLLBACK has ended the tool's transaction. */
  public enum OwnEnd {
    /** None: the tool's COMMIT only warns. */
    IGNORED,
    /**
     * The tool fails at its own COMMIT, when all of the file is applied and recorded: its driver
     * looks at the transaction's state.
     */
    TOOL_FAILS,
    /** The tool's driver begins another transaction with the next statement, as JDBC does. */
    REOPENED,
    /** The tool sets a savepoint before the next statement, which is refused: there is no block. */
    SAVEPOINT_REFUSED
  }

  /** Returns the same with another send unit. */
  public Execution with(Send other) {
    return new Execution(other, scope, outside, carry, record, end, ownEnd, snapshot, around);
  }

  /** Returns the same in another transaction, with what becomes of one that is left open. */
  public Execution with(Scope other, OutsideTransaction refused, EndOfFile open) {
    return new Execution(send, other, refused, carry, record, open, ownEnd, snapshot, around);
  }

  /** Returns the same with the query that records the file after its text. */
  public Execution recordedBy(Optional<String> query) {
    return recordedBy(new LedgerWrites(Optional.empty(), query));
  }

  /** Returns the same with the queries that record the file. */
  public Execution recordedBy(LedgerWrites queries) {
    return new Execution(send, scope, outside, carry, queries, end, ownEnd, snapshot, around);
  }

  /** Returns the same by a tool that holds a snapshot beside it. */
  public Execution besideSnapshot(String wayOut) {
    return new Execution(
        send, scope, outside, carry, record, end, ownEnd, Optional.of(wayOut), around);
  }

  /** Returns the same with queries around the file. */
  public Execution between(Around queries) {
    return new Execution(send, scope, outside, carry, record, end, ownEnd, snapshot, queries);
  }

  /** Returns the offsets at which the parts start that are sent one by one. */
  public Optional<List<Integer>> parts() {
    return switch (send) {
      case Send.Parts(List<Integer> starts) -> Optional.of(starts);
      case Send.Pipeline(List<Integer> starts) -> Optional.of(starts);
      case Send.Calls(List<Integer> starts, _) -> Optional.of(starts);
      case Send.WholeText _, Send.Statements _ -> Optional.empty();
    };
  }

  /** Returns true if what a file leaves in its session reaches the files after it. */
  public boolean sharesOneSession() {
    return carry != Carry.NEW_SESSION;
  }

  /** Returns true if the tool puts role and {@code search_path} back before each file. */
  public boolean restoresRole() {
    return carry == Carry.SAME_SESSION_IN_OWN_ROLE;
  }
}
