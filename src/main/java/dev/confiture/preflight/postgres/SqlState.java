package dev.confiture.preflight.postgres;

/**
 * The SQLSTATEs that the engine acts on, under PostgreSQL's <a
 * href="https://www.postgresql.org/docs/current/errcodes-appendix.html">condition names</a>.
 */
public final class SqlState {

  /** The class of all errors about a connection. */
  public static final String CLASS_CONNECTION = "08";

  public static final String CONNECTION_FAILURE = "08006";
  public static final String PROTOCOL_VIOLATION = "08P01";
  public static final String FEATURE_NOT_SUPPORTED = "0A000";
  public static final String CARDINALITY_VIOLATION = "21000";
  public static final String STRING_DATA_RIGHT_TRUNCATION = "22001";
  public static final String NUMERIC_VALUE_OUT_OF_RANGE = "22003";
  public static final String INVALID_TEXT_REPRESENTATION = "22P02";
  public static final String NOT_NULL_VIOLATION = "23502";
  public static final String FOREIGN_KEY_VIOLATION = "23503";
  public static final String UNIQUE_VIOLATION = "23505";
  public static final String CHECK_VIOLATION = "23514";
  public static final String EXCLUSION_VIOLATION = "23P01";
  public static final String PROHIBITED_SQL_STATEMENT_ATTEMPTED = "2F003";
  public static final String FDW_UNABLE_TO_ESTABLISH_CONNECTION = "HV00N";
  public static final String ACTIVE_SQL_TRANSACTION = "25001";
  public static final String NO_ACTIVE_SQL_TRANSACTION = "25P01";
  public static final String DEPENDENT_OBJECTS_STILL_EXIST = "2BP01";
  public static final String INVALID_TRANSACTION_TERMINATION = "2D000";
  public static final String SERIALIZATION_FAILURE = "40001";
  public static final String DEADLOCK_DETECTED = "40P01";
  public static final String INVALID_PARAMETER_VALUE = "22023";
  public static final String INVALID_CATALOG_NAME = "3D000";
  public static final String INVALID_SCHEMA_NAME = "3F000";
  public static final String DUPLICATE_COLUMN = "42701";
  public static final String DUPLICATE_FUNCTION = "42723";
  public static final String DUPLICATE_OBJECT = "42710";
  public static final String DUPLICATE_SCHEMA = "42P06";
  public static final String DUPLICATE_TABLE = "42P07";
  public static final String INSUFFICIENT_PRIVILEGE = "42501";
  public static final String EXTERNAL_ROUTINE_EXCEPTION = "38000";
  public static final String SYNTAX_ERROR = "42601";
  public static final String DATATYPE_MISMATCH = "42804";
  public static final String CANNOT_COERCE = "42846";
  public static final String INVALID_FOREIGN_KEY = "42830";
  public static final String INVALID_FUNCTION_DEFINITION = "42P13";
  public static final String INVALID_COLUMN_REFERENCE = "42P10";
  public static final String UNDEFINED_COLUMN = "42703";
  public static final String UNDEFINED_FUNCTION = "42883";
  public static final String UNDEFINED_OBJECT = "42704";
  public static final String UNDEFINED_TABLE = "42P01";
  public static final String DISK_FULL = "53100";
  public static final String OUT_OF_MEMORY = "53200";
  public static final String CONFIGURATION_LIMIT_EXCEEDED = "53400";
  public static final String OBJECT_IN_USE = "55006";
  public static final String UNSAFE_NEW_ENUM_VALUE_USAGE = "55P04";
  public static final String QUERY_CANCELED = "57014";

  /** Reports, among others, that a lock was not granted within {@code lock_timeout}. */
  public static final String LOCK_NOT_AVAILABLE = "55P03";

  public static final String ADMIN_SHUTDOWN = "57P01";
  public static final String CANNOT_CONNECT_NOW = "57P03";
  public static final String IO_ERROR = "58030";
  public static final String UNDEFINED_FILE = "58P01";
  public static final String DUPLICATE_FILE = "58P02";
  public static final String CONFIG_FILE_ERROR = "F0000";
  public static final String INTERNAL_ERROR = "XX000";

  private SqlState() {}
}
