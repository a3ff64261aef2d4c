package dev.confiture.preflight.sandbox;

import java.util.List;
import java.util.Optional;

/**
 * Makes the database that migrations run in, for the first run and again for the second: a clone of
 * the template, a clone of the database that the user named, or that one itself.
 */
sealed interface Origin permits Template, NamedDatabase, InPlaceDatabase {

  /** Returns the database that is migrated or copied: its settings count. */
  String source();

  /** Returns the database that is migrated. */
  String database();

  /** Arranges how the migration role logs in, and makes the database of the first run. */
  RoleLogin first(RoleLogin.Arrangement arrangement, List<String> notes);

  /** Makes the database of another run, after {@link #drop}. */
  void again(List<String> notes);

  /**
   * Gives the database to the migration role.
   *
   * @return how the role may create extensions there, where it needs help
   */
  Optional<ExtensionGate> give(RoleLogin login, List<String> notes);

  /** Drops the database, where it is a clone. */
  void drop();

  /** Cleans up after the last run, and says what became of the database that was migrated. */
  default Cleanup end() {
    return new Cleanup.Dropped();
  }
}
