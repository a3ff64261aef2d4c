package dev.confiture.preflight.live;

import dev.confiture.preflight.postgres.ConnectionString;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The tools that are run beside a rehearsal. */
public final class LiveTools {

  /** Nothing in these histories waits for a lock so long, unless for one that never comes. */
  private static final String LOCK_TIMEOUT = "5s";

  /** In seconds: the end of any other hang. */
  static final int TIME_LIMIT = 60;

  private LiveTools() {}

  /** Returns all of them. */
  public static List<LiveTool> all() {
    return List.of(new FlywayInProcess(), new LiquibaseInProcess());
  }

  /** Silences a library's loggers, for as long as the result is held: nobody reads them. */
  static Logger silent(String name) {
    Logger logger = Logger.getLogger(name);
    logger.setLevel(Level.OFF);
    return logger;
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
