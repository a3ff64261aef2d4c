package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Populates the materialized views that production has populated: a dump of the schema alone makes
 * all of them {@code WITH NO DATA}, and such a one <a
 * href="https://www.postgresql.org/docs/current/sql-refreshmaterializedview.html">cannot be
 * read</a>.
 */
final class MaterializedViews {

  private MaterializedViews() {}

  /**
   * Refreshes them, as their owners: PostgreSQL runs no code of theirs as anybody else. One that
   * takes longer on tables without rows than a query may is not refreshed.
   *
   * @param except those that production has not populated
   * @param superuser true if the session's user is one: what cannot be refreshed on tables without
   *     rows is then marked as populated, and is empty like them
   * @param notes takes what stays without data
   */
  static void populate(
      Session session, Collection<QualifiedName> except, boolean superuser, List<String> notes) {
    // The queries of the views are bound already; functions in them may look for names.
    session.run("SET search_path = pg_catalog, public; SET statement_timeout = '10s'");
    List<String> refused = new ArrayList<>();
    int left = Integer.MAX_VALUE;
    List<Row> views = unpopulated(session, except);
    // One may read another: again, as long as that helps.
    while (!views.isEmpty() && views.size() < left) {
      left = views.size();
      refused.clear();
      for (Row view : views) {
        String name = view.text(1);
        Databases.attempt(session, "REFRESH MATERIALIZED VIEW " + name)
            .map(why -> "the materialized view " + name + " is not populated here: " + why)
            .ifPresent(refused::add);
      }
      views = unpopulated(session, except);
    }
    if (superuser) {
      views.forEach(
          view ->
              session.run("UPDATE pg_class SET relispopulated = true WHERE oid = " + view.text(0)));
    } else {
      notes.addAll(refused);
    }
    session.run("RESET search_path; RESET statement_timeout");
  }

  private static List<Row> unpopulated(Session session, Collection<QualifiedName> except) {
    return session
        .query(
            "SELECT c.oid, quote_ident(n.nspname) || '.' || quote_ident(c.relname), n.nspname,"
                + " c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.relkind = 'm' AND NOT c.relispopulated ORDER BY c.oid")
        .stream()
        .filter(row -> !except.contains(new QualifiedName(Optional.of(row.text(2)), row.text(3))))
        .toList();
  }
}
