package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.Undumped.InvalidIndex;
import dev.confiture.preflight.problem.Words;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import java.util.List;
import java.util.Optional;

/**
 * Makes the indexes that production has and cannot use, on the tables that were restored: a
 * migration may drop one, build it again, or fail because its name is taken.
 */
final class InvalidIndexes {

  private static final int MOST_NAMED = 5;

  private InvalidIndexes() {}

  /**
   * Makes them, and marks each as production's is.
   *
   * @param superuser a session of our own server's superuser: nobody else may mark one
   * @param notes takes those that cannot be made
   */
  static void make(Session superuser, List<InvalidIndex> indexes, List<String> notes) {
    superuser.run("SET statement_timeout = '10s'");
    for (InvalidIndex index : restored(superuser, indexes)) {
      Optional<String> refused = Databases.attempt(superuser, index.definition());
      if (refused.isPresent()) {
        // Rows that contradict it are those that did in production, and leave it as it is there.
        Databases.attempt(
            superuser, index.definition().replaceFirst(" INDEX ", " INDEX CONCURRENTLY "));
      }
      List<Row> made =
          superuser.query(
              "UPDATE pg_catalog.pg_index SET indisvalid = false, indisready = "
                  + index.ready()
                  + ", indislive = "
                  + index.live()
                  + " WHERE indexrelid = pg_catalog.to_regclass("
                  + Identifiers.literal(Identifiers.quote(index.name()))
                  + ") AND indrelid = pg_catalog.to_regclass("
                  + Identifiers.literal(Identifiers.quote(index.table()))
                  + ") RETURNING indexrelid");
      if (made.isEmpty()) {
        notes.add(
            "the invalid index "
                + index.name()
                + " of production is not here: "
                + refused.orElse("it was not made"));
      }
    }
    superuser.run("RESET statement_timeout");
  }

  /** Says that they are not made. */
  static void tell(Session session, List<InvalidIndex> indexes, List<String> notes) {
    List<String> names =
        restored(session, indexes).stream()
            .map(InvalidIndex::name)
            .map(QualifiedName::toString)
            .toList();
    if (!names.isEmpty()) {
      notes.add(
          "production has invalid indexes, which are not made on an external server ("
              + Words.few(names, MOST_NAMED)
              + "): what drops one, builds it again or takes its name may end otherwise there");
    }
  }

  private static List<InvalidIndex> restored(Session session, List<InvalidIndex> indexes) {
    return indexes.stream()
        .filter(
            index ->
                session
                    .query(
                        "SELECT pg_catalog.to_regclass("
                            + Identifiers.literal(Identifiers.quote(index.table()))
                            + ") IS NOT NULL")
                    .getFirst()
                    .isTrue(0))
        .toList();
  }
}
