package dev.confiture.preflight.live;

import dev.confiture.preflight.postgres.ConnectionString;
import java.util.List;

/** The tools that are run beside a rehearsal. */
public final class LiveTools {

  /** Nothing in these histories waits for a lock so long, unless for one that never comes. */
  private static final String LOCK_TIMEOUT = "5s";

  /** In seconds: the end of any other hang. */
  static final int TIME_LIMIT = 120;

  private LiveTools() {}

  /** Returns all of them. */
  public static List<LiveTool> all() {
    return List.of(
        new FlywayInProcess(),
        new LiquibaseInProcess(),
        new MyBatisInProcess(),
        PsqlLoop.autocommit(),
        PsqlLoop.singleTransactions(),
        new SqitchProgram(),
        new SqlMigrateProgram(),
        new DbmateProgram(),
        new NodePgMigrateProgram(),
        new GraphileMigrateProgram(),
        new DrizzleMigrator(),
        new PostgresMigrationsLibrary(),
        new YoyoProgram());
  }

  /** Returns the URL of a database, with user and password. */
  static String url(ConnectionString database) {
    return "postgresql://"
        + database.user().orElseThrow()
        + ":"
        + database.password().orElseThrow()
        + "@"
        + database.hosts().getFirst()
        + "/"
        + database.database();
  }

  /** Returns the driver's URL of a database, without user and password: who hangs fails. */
  static String jdbcUrl(ConnectionString database) {
    ConnectionString.HostAndPort host = database.hosts().getFirst();
    return "jdbc:postgresql://"
        + host
        + "/"
        + database.database()
        + "?options=-c%20lock_timeout="
        + LOCK_TIMEOUT
        + "&socketTimeout="
        + TIME_LIMIT;
  }
}
