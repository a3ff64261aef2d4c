package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.Session.TransactionStatus;
import dev.confiture.preflight.session.SessionException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Drops databases of the engine's own, whatever holds them (manual, DROP DATABASE). */
final class Databases {

  private static final int AN_HOUR = 3600;

  private Databases() {}

  /** Copies a database of ours, with its rights and settings, and gives it to this owner. */
  static void copy(Session superuser, String source, String copy, String owner) {
    DatabaseCopy.make(superuser, source, copy);
    superuser.run(
        "ALTER DATABASE " + Identifiers.quote(copy) + " OWNER TO " + Identifiers.quote(owner));
  }

  /**
   * Drops the database, if it is there.
   *
   * @param control a session in another database
   * @param target how to connect to any database of the server
   */
  static void drop(Session control, ConnectionString target, String database) {
    releaseHolds(control, target, database);
    String drop = "DROP DATABASE IF EXISTS " + Identifiers.quote(database) + " WITH (FORCE)";
    try {
      control.run(drop);
    } catch (SessionException refused) {
      if (!refused.is(SqlState.INSUFFICIENT_PRIVILEGE)) {
        throw refused;
      }
      // It was given to a role whose rights this user has only after SET ROLE.
      for (Row row :
          control.query(
              "SELECT quote_ident(pg_get_userbyid(datdba)) FROM pg_database WHERE datname = "
                  + Identifiers.literal(database))) {
        control.run("SET ROLE " + row.text(0));
        try {
          control.run(drop);
        } finally {
          control.run("RESET ROLE");
        }
      }
    }
  }

  /** Drops what earlier runs could not: databases older than an hour whose run has no session. */
  static void dropLeftovers(Session control, ConnectionString target) {
    List<Row> leftovers =
        control.query(
            "SELECT d.datname FROM pg_database d WHERE d.datname ~ "
                + Identifiers.literal(RunName.DATABASE_PATTERN)
                + " AND split_part(d.datname, '_', 2)::bigint < extract(epoch FROM now()) - "
                + AN_HOUR
                + " AND pg_has_role(d.datdba, 'MEMBER')"
                + " AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.application_name ~ "
                + Identifiers.literal(RunName.RUN_PATTERN)
                + " AND starts_with(d.datname, a.application_name))");
    for (Row row : leftovers) {
      try {
        drop(control, target, row.text(0));
      } catch (SessionException stays) {
        // Another run may be dropping it just now; the next one tries again.
      }
    }
  }

  /** Sends a command that the run can do without; what the server said if it refused. */
  static Optional<String> attempt(Session session, String command) {
    try {
      session.run(command);
      return Optional.empty();
    } catch (SessionException refused) {
      if (session.transactionStatus() != TransactionStatus.IDLE) {
        session.run("ROLLBACK");
      }
      return Optional.of(refused.text());
    }
  }

  /** Prepared transactions and subscriptions stop even a forced drop. */
  private static void releaseHolds(Session control, ConnectionString target, String database) {
    String name = Identifiers.literal(database);
    List<Row> prepared =
        control.query("SELECT gid FROM pg_prepared_xacts WHERE database = " + name);
    List<Row> subscriptions =
        control.query(
            "SELECT quote_ident(s.subname) FROM pg_subscription s"
                + " JOIN pg_database d ON d.oid = s.subdbid WHERE d.datname = "
                + name);
    if (prepared.isEmpty() && subscriptions.isEmpty()) {
      return;
    }
    try (Session inside = Session.openForCatalog(target.withDatabase(database), Map.of())) {
      prepared.forEach(row -> inside.run("ROLLBACK PREPARED " + Identifiers.literal(row.text(0))));
      subscriptions.forEach(
          row -> {
            inside.run("ALTER SUBSCRIPTION " + row.text(0) + " DISABLE");
            inside.run("ALTER SUBSCRIPTION " + row.text(0) + " SET (slot_name = NONE)");
            inside.run("DROP SUBSCRIPTION " + row.text(0));
          });
    }
  }
}
