package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.session.Session;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The database that is migrated: one that is thrown away, or under savepoint isolation perhaps the
 * named one itself.
 */
public interface MigratedDatabase extends AutoCloseable {

  /** The name of the database. */
  String database();

  /** The role that migrates. */
  MigrationRole role();

  /** How the schema is kept from the migrations: never {@code AUTO}. */
  Isolation isolation();

  /** A new session as the migration role, with the settings that psql would have there. */
  Session openMigrating();

  /** Gives a session that was reset the settings and the role of a new one. */
  void settle(Session session);

  /**
   * The command by which a session of another user became the migration role; empty where the role
   * has logged in itself. A migration that goes back to the session's own user means the role.
   */
  Optional<String> becoming();

  /**
   * A session of the engine itself in the same database: to ask the catalog, and to cancel or
   * terminate the one that migrates. What it asks is limited in time.
   */
  Session openControl();

  /** Tells of roles that a migration may make: {@link Sandbox#mayMake}. */
  void mayMake(Collection<String> roles);

  /** What had to be done otherwise than asked, for the report. */
  List<String> notes();

  /**
   * The settings of the migration role and its database that its sessions have, as {@code
   * name=value}: those that change what SQL means.
   */
  List<String> appliedSettings();

  /**
   * The SQL to send in place of {@code CREATE EXTENSION}, for an extension that only a superuser
   * may create and that reaches neither files nor network; empty where the statement itself is to
   * be sent.
   */
  Optional<String> extensionCall(
      String extension, boolean ifNotExists, Optional<String> schema, boolean cascade);

  /** What became of the database; known after {@link #close}. */
  Aftermath aftermath();

  /** Removes the database, where it is a copy; a second call does nothing. */
  @Override
  void close();
}
