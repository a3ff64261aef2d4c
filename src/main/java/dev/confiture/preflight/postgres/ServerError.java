package dev.confiture.preflight.postgres;

import java.util.Optional;
import java.util.Set;

/**
 * An error as the server sent it, with its <a
 * href="https://www.postgresql.org/docs/current/protocol-error-fields.html">fields</a>.
 *
 * @param sqlState the code, five characters
 * @param message the primary message, one sentence
 * @param detail field D
 * @param hint field H
 * @param position field P: the first character that the error is about, from 1, counted in code
 *     points over the text sent; 0 where the server gave none
 * @param internalPosition field p, within {@link #internalQuery}; 0 where absent
 * @param internalQuery field q: the text of the command that a function ran
 * @param where field W: the call stack, innermost frame first
 * @param schema field s
 * @param table field t
 * @param column field c
 * @param constraint field n
 * @param dataType field d
 * @param routine field R: the server's C function that reported it
 */
public record ServerError(
    String sqlState,
    String message,
    Optional<String> detail,
    Optional<String> hint,
    int position,
    int internalPosition,
    Optional<String> internalQuery,
    Optional<String> where,
    Optional<String> schema,
    Optional<String> table,
    Optional<String> column,
    Optional<String> constraint,
    Optional<String> dataType,
    Optional<String> routine) {

  private static final String INNER = "SQL statement \"";

  /** Functions of the server that look for types. */
  private static final Set<String> OF_TYPES =
      Set.of(
          "typenameType", "get_object_address_type", "parseTypeString", "LookupTypeNameExtended");

  /** Makes an error of the engine's own, which has a code, a sentence and a hint only. */
  public static ServerError of(String sqlState, String message, Optional<String> hint) {
    return new ServerError(
        sqlState,
        message,
        Optional.empty(),
        hint,
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Returns this error with a hint of the engine's, unless the server gave one. */
  public ServerError withHint(String own) {
    return with(hint.or(() -> Optional.of(own)), internalQuery, where);
  }

  /** Returns this error with one more frame, the outermost, in its call stack. */
  public ServerError calledFrom(String frame) {
    return with(hint, internalQuery, stackOf(frame));
  }

  private Optional<String> stackOf(String frame) {
    return Optional.of(where.map(inner -> inner + "\n" + frame).orElse(frame));
  }

  private ServerError with(
      Optional<String> newHint, Optional<String> newQuery, Optional<String> newWhere) {
    return new ServerError(
        sqlState,
        message,
        detail,
        newHint,
        position,
        internalPosition,
        newQuery,
        newWhere,
        schema,
        table,
        column,
        constraint,
        dataType,
        routine);
  }

  /** Returns true if the error has this SQLSTATE. */
  public boolean is(String code) {
    return sqlState.equals(code);
  }

  /** Returns true if the error is that an object does not exist. */
  public boolean saysUndefined() {
    return switch (sqlState) {
      case SqlState.UNDEFINED_TABLE,
          SqlState.UNDEFINED_COLUMN,
          SqlState.UNDEFINED_FUNCTION,
          SqlState.UNDEFINED_OBJECT,
          SqlState.INVALID_SCHEMA_NAME ->
          true;
      default -> false;
    };
  }

  /** Returns true if the server looked for a type in vain. */
  public boolean saysUndefinedType() {
    return is(SqlState.UNDEFINED_OBJECT) && routine.filter(OF_TYPES::contains).isPresent();
  }

  /** Returns true if the error says that something of a name exists already. */
  public boolean saysDuplicate() {
    return switch (sqlState) {
      case SqlState.DUPLICATE_TABLE,
          SqlState.DUPLICATE_COLUMN,
          SqlState.DUPLICATE_OBJECT,
          SqlState.DUPLICATE_FUNCTION,
          SqlState.DUPLICATE_SCHEMA ->
          true;
      default -> false;
    };
  }

  /**
   * Returns the command that a function or an EXECUTE was running: field q, else the innermost one
   * that the call stack quotes.
   */
  public Optional<String> innerCommand() {
    return internalQuery.or(() -> where.filter(w -> w.contains(INNER)).map(ServerError::inner));
  }

  /**
   * Returns this error as one within a command that other code ran.
   *
   * @param command the text of that command
   * @param frame the frame that ran it, for the call stack
   */
  public ServerError within(String command, String frame) {
    return with(hint, internalQuery.or(() -> Optional.of(command)), stackOf(frame));
  }

  private static String inner(String stack) {
    int open = stack.indexOf(INNER) + INNER.length();
    int close = stack.indexOf("\"\n", open);
    return stack.substring(open, close < 0 ? stack.length() - 1 : close);
  }

  /** Returns true if both have the same SQLSTATE and message. */
  public boolean sameAs(ServerError other) {
    return sqlState.equals(other.sqlState) && message.equals(other.message);
  }

  /**
   * Returns true if the server refused to run the statement inside a transaction block.
   *
   * <p>The message is localised and has several wordings; the routine is the same for all. {@code
   * COMMIT} in a procedure or DO block inside a block is 2D000 and means the same.
   */
  public boolean needsNoTransactionBlock() {
    return (is(SqlState.ACTIVE_SQL_TRANSACTION)
            && routine.filter("PreventInTransactionBlock"::equals).isPresent())
        || is(SqlState.INVALID_TRANSACTION_TERMINATION);
  }

  /** Returns true if PL/pgSQL raised the error, whatever SQLSTATE it was given (pl_exec.c). */
  public boolean isRaised() {
    return routine.filter("exec_stmt_raise"::equals).isPresent() || sqlState.startsWith("P0");
  }

  /** Returns true if the server has no room for more locks: {@code max_locks_per_transaction}. */
  public boolean saysLockTableFull() {
    return is(SqlState.OUT_OF_MEMORY) && routine.filter(name -> name.contains("Lock")).isPresent();
  }
}
