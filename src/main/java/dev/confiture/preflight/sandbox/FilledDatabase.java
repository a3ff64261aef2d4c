package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.List;
import java.util.Optional;

/**
 * The named database, empty before the run, into which the schema is restored for want of one of
 * the run's own; emptied again at the end.
 */
final class FilledDatabase {

  private final GivenServer server;
  private final Fingerprint before;
  private boolean emptied;

  private FilledDatabase(GivenServer server, Fingerprint before) {
    this.server = server;
    this.before = before;
  }

  /**
   * What speaks against it, as a sentence.
   *
   * @param named a session in the database
   */
  static Optional<String> objection(Session named) {
    List<Row> objects = named.query(UserObjects.ofAnybody());
    return objects.stream()
        .findFirst()
        .map(first -> "it is not empty: it holds " + first.text(0) + " " + first.text(1));
  }

  /** Takes down what is there before the restore. */
  static FilledDatabase of(GivenServer server, Session named) {
    return new FilledDatabase(server, Fingerprint.of(named));
  }

  /** What was there before the restore. */
  Fingerprint before() {
    return before;
  }

  /** Drops what was restored; a second call does nothing. */
  void empty() {
    if (emptied) {
      return;
    }
    try (Session named = server.openControlOn(server.namedDatabase())) {
      if (othersAreThere(named)) {
        // What they made must not go with it; the comparison with before tells what stays.
        emptied = true;
        return;
      }
      // By numbers: descriptions are translated, and do not quote.
      named.query("SELECT quote_ident(extname), oid FROM pg_extension WHERE oid >= 16384").stream()
          .filter(extension -> !before.holds("pg_extension", extension.text(1)))
          .forEach(extension -> drop(named, "EXTENSION " + extension.text(0)));
      for (Row object : named.query(UserObjects.ofAnybody())) {
        drop(named, UserObjects.keyword(object.text(0)) + " " + object.text(1));
      }
      emptied = true;
    }
  }

  private static boolean othersAreThere(Session named) {
    return !named
        .query(
            "SELECT FROM pg_stat_activity WHERE datname = current_database() AND usename IS NOT NULL"
                + " AND application_name IS DISTINCT FROM current_setting('application_name')")
        .isEmpty();
  }

  /** What stays is seen afterwards, when the catalog is compared with what it was. */
  private static void drop(Session named, String object) {
    try {
      named.run("DROP " + object + " CASCADE");
    } catch (SessionException goneAlready) {
      // With another that it hung on.
    }
  }
}
