package dev.confiture.preflight.sandbox;

import java.util.Locale;

/** How the schema is kept from the migrations. */
public enum Isolation {
  /** A clone; savepoints only where the server does not let the user make one. */
  AUTO,
  /** A throwaway copy of the database, in which everything is really committed. */
  CLONE,
  /** One transaction with a savepoint a migration, rolled back at the end. */
  SAVEPOINT;

  /** The option's value. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
