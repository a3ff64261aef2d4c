package dev.confiture.preflight.postgres;

/**
 * The kinds of database object that have a name space of their own.
 *
 * <p>Tables, views, indexes, sequences, materialized views and foreign tables share one name space
 * and are one kind here, as in {@code pg_class}.
 */
public enum ObjectKind {
  RELATION,
  COLUMN,
  /** The type that a column is given later on. */
  COLUMN_TYPE,
  /** The value of a column to which a statement gives none: its default, or NULL. */
  COLUMN_VALUE,
  /** The rows of a table that a statement adds, changes or removes. */
  ROWS,
  /** A table as a part of another one. */
  PARTITION,
  CONSTRAINT,
  /** A primary key or unique constraint or index of a table, whatever its name. */
  KEY,
  /** A foreign key of a table, whatever its name. */
  FOREIGN_KEY,
  TYPE,
  ENUM_LABEL,
  FUNCTION,
  SCHEMA,
  TRIGGER,
  POLICY,
  RULE,
  EXTENSION,
  ROLE,
  DATABASE,
  LANGUAGE,
  COLLATION,
  OPERATOR,
  OPERATOR_CLASS,
  /** How a value of one type, its parent, becomes one of another. */
  CAST,
  /** How a language gets the values of a type, its parent. */
  TRANSFORM,
  EVENT_TRIGGER,
  FOREIGN_SERVER,
  /** How a role, or everybody, logs in to a foreign server. */
  USER_MAPPING,
  FOREIGN_DATA_WRAPPER,
  PUBLICATION,
  SUBSCRIPTION,
  STATISTICS,
  TEXT_SEARCH,
  OTHER
}
