package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Servers that are started once a JVM and lent to one test after another, each time as they were
 * after initdb.
 *
 * <p>A server is lent to one borrower at a time, so what the databases of a cluster share is the
 * borrower's alone. When it comes back, its databases and roles are dropped; where anything else
 * differs from its first state, or it does not answer, another is started in its place. The last
 * ones end with the JVM, by their guardians.
 */
final class ServerPool implements AutoCloseable {

  private final Map<Path, Queue<Cluster>> all = new ConcurrentHashMap<>();

  /** All that the databases of a cluster share, but for what time alone changes. */
  private static final String SHARED =
      """
      SELECT 'role ' || to_jsonb(t)::text FROM pg_authid t
      UNION ALL SELECT 'member ' || to_jsonb(t)::text FROM pg_auth_members t
      UNION ALL SELECT 'setting ' || to_jsonb(t)::text FROM pg_db_role_setting t
      UNION ALL SELECT 'database '
        || (to_jsonb(t) - '{datfrozenxid,datminmxid}'::text[])::text FROM pg_database t
      UNION ALL SELECT 'tablespace ' || to_jsonb(t)::text FROM pg_tablespace t
      UNION ALL SELECT 'comment ' || to_jsonb(t)::text FROM pg_shdescription t
      UNION ALL SELECT 'origin ' || to_jsonb(t)::text FROM pg_replication_origin t
      UNION ALL SELECT 'slot ' || slot_name FROM pg_replication_slots
      UNION ALL SELECT 'prepared ' || gid FROM pg_prepared_xacts
      UNION ALL SELECT 'configured ' || name || '=' || setting FROM pg_file_settings
      UNION ALL SELECT 'relation ' || relname FROM pg_class
        WHERE oid >= 16384 AND relpersistence <> 't' AND relname !~ '^pg_toast'
      UNION ALL SELECT 'schema ' || nspname FROM pg_namespace
        WHERE oid >= 16384 AND nspname !~ '^pg_(toast_)?temp_'
      UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE oid >= 16384
      ORDER BY 1
      """;

  /** Lends a server of these programs; closing it gives it back. */
  Sandbox lend(ServerBinaries binaries) {
    Cluster idle = idle(binaries).poll();
    Cluster lent = idle == null ? Cluster.start(binaries) : idle;
    return new Sandbox(
        Server.ours(lent.process().administrator()),
        Optional.of(lent.process().folder()),
        () -> {
          takeBack(binaries, lent);
          return List.of();
        });
  }

  private Queue<Cluster> idle(ServerBinaries binaries) {
    return all.computeIfAbsent(binaries.folder(), _ -> new ConcurrentLinkedQueue<>());
  }

  private void takeBack(ServerBinaries binaries, Cluster lent) {
    if (lent.putBack()) {
      idle(binaries).add(lent);
    } else {
      lent.process().close();
    }
  }

  /** Whether no server waits to be lent. */
  boolean isEmpty() {
    return all.values().stream().allMatch(Queue::isEmpty);
  }

  /** Ends those that are not lent. */
  @Override
  public void close() {
    for (Queue<Cluster> idle : all.values()) {
      for (Cluster ended = idle.poll(); ended != null; ended = idle.poll()) {
        ended.process().close();
      }
    }
  }

  /** A server with the superuser of its initdb. */
  private record Cluster(ServerProcess process, List<String> first) {

    static Cluster start(ServerBinaries binaries) {
      // Copies of one initialised cluster would be the same server to whoever compares them.
      ServerProcess process =
          ServerProcess.start(
              binaries, OsUser.ofRun(), Folders.parentForClusters(), Optional.empty());
      Cluster unknown = new Cluster(process, List.of());
      try (Session session = unknown.open("postgres")) {
        return new Cluster(process, unknown.shared(session));
      } catch (SessionException refused) {
        process.close();
        throw new SandboxProblem("a server of the tests: " + refused.text(), "", refused);
      }
    }

    /** Whether it is again as it was at first. */
    boolean putBack() {
      try (Session session = open("postgres")) {
        drop(session);
        return shared(session).equals(first);
      } catch (SessionException refused) {
        return false;
      }
    }

    private static void drop(Session session) {
      session
          .query(
              "SELECT quote_ident(datname) FROM pg_database"
                  + " WHERE datname NOT IN ('template0', 'template1', 'postgres')")
          .forEach(
              row -> {
                session.run("ALTER DATABASE " + row.text(0) + " IS_TEMPLATE false");
                session.run("DROP DATABASE " + row.text(0) + " WITH (FORCE)");
              });
      String roles =
          session
              .query(
                  "SELECT quote_ident(rolname) FROM pg_roles WHERE oid >= 16384 AND rolname <>"
                      + " current_user")
              .stream()
              .map(row -> row.text(0))
              .collect(Collectors.joining(", "));
      if (!roles.isEmpty()) {
        session.run("DROP ROLE " + roles);
      }
      // Before 16 roles for files and programs are put out of CREATEROLE's reach.
      session.run("UPDATE pg_authid SET rolsuper = false WHERE rolsuper AND rolname ~ '^pg_'");
      // Autovacuum is off.
      session.run(
          "VACUUM pg_authid, pg_auth_members, pg_database, pg_db_role_setting, pg_shdepend");
    }

    /** With template1: what is changed there every new database has. */
    private List<String> shared(Session session) {
      try (Session template = open("template1")) {
        return Stream.of(session, template)
            .flatMap(each -> each.query(SHARED).stream())
            .map(row -> row.text(0))
            .toList();
      }
    }

    private Session open(String database) {
      return Session.open(process.administrator().withDatabase(database));
    }
  }
}
