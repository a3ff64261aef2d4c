package dev.confiture.preflight.sandbox;

import java.util.Locale;

/** Names the ways in which the schema is kept from the migrations. */
public enum Isolation {
  /** Takes a clone, and savepoints only where the server does not let the user make one. */
  AUTO,
  /** Takes a throwaway copy of the database, in which everything is really committed. */
  CLONE,
  /** Takes one transaction with a savepoint a migration, rolled back at the end. */
  SAVEPOINT;

  /** Returns the option's value. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
