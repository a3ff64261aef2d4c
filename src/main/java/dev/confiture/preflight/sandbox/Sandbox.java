package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.ServerVersion;
import dev.confiture.preflight.session.Session;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A server to rehearse on: a template is seeded there once, and a clone of it is migrated.
 *
 * <p>Everything that was made is gone after {@link #close}, and after the end of this process,
 * however it ends.
 */
public sealed interface Sandbox extends AutoCloseable permits EmbeddedServer, GivenServer {

  /** The server's version. */
  ServerVersion version();

  /** {@code embedded}, or the user's URL without secrets. */
  String url();

  /** For people, for example {@code embedded PostgreSQL 18.6}. */
  String description();

  /**
   * Makes an empty database to be seeded, at most once, and connects to it as the user that
   * restores. Where the user may not make one and savepoints may do, the named one serves if it is
   * empty.
   *
   * @param isolation how the schema is to be kept from the migrations
   */
  Session openTemplate(Isolation isolation);

  /**
   * Tells of roles that this run may make on the server. Those of them that it does make are
   * dropped at its end; any other role that comes meanwhile is somebody else's, and stays.
   */
  void mayMake(Collection<String> roles);

  /** Whether the user that restores is a superuser. */
  boolean restoresAsSuperuser();

  /**
   * Prepares the database that is migrated: a clone of the seeded template or, on a given server
   * without one, of the database that the user named; under savepoint isolation that one itself.
   *
   * <p>May be called a second time, with the same arguments, after the first database was closed:
   * it gives a fresh clone of the same template, and what all databases of the server share is put
   * back to how it was before the first, as far as that can be done. Under savepoint isolation it
   * is another session on the same database.
   *
   * @param isolation how the schema is to be kept from the migrations
   * @param choice how the migration role is found
   * @param settings server settings for every session of the migration role
   */
  MigratedDatabase prepare(Isolation isolation, RoleChoice choice, Map<String, String> settings);

  /**
   * What this run left on the server, or found changed there, and could not undo; complete after
   * {@link #close}.
   */
  List<String> remains();

  /** Removes everything that was made; a second call does nothing. */
  @Override
  void close();
}
