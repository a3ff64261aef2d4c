package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.postgres.Undumped;
import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Lets the user's database itself be migrated, in a transaction that is rolled back, where no copy
 * can be made or none is asked for.
 *
 * <p>If a schema was restored into it, it was empty before, and is emptied at the end.
 */
final class InPlaceDatabase implements Origin {

  private static final int AT_ONCE = 100;

  private final Server server;
  private final boolean restored;
  private final Optional<String> insteadOfClone;
  private final Undumped undumped;
  private Optional<Fingerprint> before;
  private Optional<Cleanup> cleanup = Optional.empty();

  private InPlaceDatabase(
      Server server,
      boolean restored,
      Optional<String> insteadOfClone,
      Undumped undumped,
      Optional<Fingerprint> before) {
    this.server = server;
    this.restored = restored;
    this.insteadOfClone = insteadOfClone;
    this.undumped = undumped;
    this.before = before;
  }

  /** Takes the database as it is, since that is asked for. */
  static InPlaceDatabase asAsked(Server server) {
    return new InPlaceDatabase(server, false, Optional.empty(), Undumped.NONE, Optional.empty());
  }

  /**
   * Takes the database as it is, instead of a clone that was refused.
   *
   * @throws SandboxProblem the refusal, unless it is for want of a right and nobody would notice
   */
  static InPlaceDatabase insteadOfClone(
      Server server, Isolation isolation, SandboxProblem refused, Optional<QualifiedName> ledger) {
    rethrowUnlessSavepointsMayDo(isolation, refused);
    try (Session named = server.openForQuestions(server.target().database())) {
      Optional<String> objection = objection(named, ledger);
      if (objection.isPresent()) {
        throw refused.adding(
            "; and its migration in place, in a transaction that is rolled back, was not tried: "
                + objection.get());
      }
    }
    return new InPlaceDatabase(server, false, instead(refused), Undumped.NONE, Optional.empty());
  }

  /**
   * Takes the database, before a schema is restored into it, instead of a template that was
   * refused.
   *
   * @param undumped what production has and the schema does not make
   * @throws SandboxProblem the refusal, unless it is for want of a right and the database is empty
   */
  static InPlaceDatabase insteadOfTemplate(
      Server server, Isolation isolation, Undumped undumped, SandboxProblem refused) {
    rethrowUnlessSavepointsMayDo(isolation, refused);
    String database = server.target().database();
    try (Session named = server.openControl(database)) {
      Optional<String> objection = isNotEmpty(named).or(() -> objection(named, Optional.empty()));
      if (objection.isPresent()) {
        throw refused.adding("; and it was not restored into " + database + ": " + objection.get());
      }
      return new InPlaceDatabase(
          server, true, instead(refused), undumped, Optional.of(Fingerprint.of(named)));
    }
  }

  private static void rethrowUnlessSavepointsMayDo(Isolation isolation, SandboxProblem refused) {
    if (isolation == Isolation.CLONE
        || !(refused.getCause() instanceof SessionException cause
            && cause.is(SqlState.INSUFFICIENT_PRIVILEGE))) {
      throw refused;
    }
  }

  private static Optional<String> instead(SandboxProblem refused) {
    return Optional.of(
        "savepoint isolation was taken, since a clone is not to be had: " + refused.text());
  }

  /** Finds the first object that it holds, as a sentence that speaks against restoring into it. */
  private static Optional<String> isNotEmpty(Session named) {
    return named.query(UserObjects.ofAnybody()).stream()
        .findFirst()
        .map(first -> "it is not empty: it holds " + first.text(0) + " " + first.text(1));
  }

  /**
   * Finds what speaks against migrating it where nobody asked for that, as a sentence: somebody
   * else is there, whom the locks would keep waiting, or rows are, which only somebody's own
   * database has.
   *
   * @param named a session in the database
   */
  private static Optional<String> objection(Session named, Optional<QualifiedName> ledger) {
    try {
      List<String> others =
          named
              .query(
                  "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                      // Of others' sessions a plain user sees no more than these columns.
                      + " AND pid <> pg_backend_pid() AND usename IS NOT NULL")
              .stream()
              .map(row -> row.text(0))
              .toList();
      if (!others.isEmpty()) {
        return Optional.of("others are connected to it: pid " + String.join(", ", others));
      }
      return filled(named, ledger).map(table -> "the table " + table + " holds rows");
    } catch (SessionException refused) {
      return Optional.of("it cannot be told whether its tables are empty: " + refused.text());
    }
  }

  private static Optional<String> filled(Session named, Optional<QualifiedName> ledger) {
    List<String> tables =
        named
            .query(
                "SELECT oid::regclass::text FROM pg_class c WHERE relkind = 'r' AND oid >= 16384"
                    + " AND relpersistence <> 't' AND NOT EXISTS (SELECT FROM pg_depend d"
                    + " WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid"
                    + " AND d.deptype = 'e')"
                    + ledger
                        .map(table -> " AND relname <> " + Identifiers.literal(table.name()))
                        .orElse("")
                    + " ORDER BY 1")
            .stream()
            .map(row -> row.text(0))
            .toList();
    for (int from = 0; from < tables.size(); from += AT_ONCE) {
      Optional<String> found =
          named
              .query(
                  tables.subList(from, Math.min(from + AT_ONCE, tables.size())).stream()
                      .map(
                          table ->
                              "SELECT "
                                  + Identifiers.literal(table)
                                  + " WHERE EXISTS (SELECT FROM ONLY "
                                  + table
                                  + ")")
                      .collect(Collectors.joining(" UNION ALL ", "", " LIMIT 1")))
              .stream()
              .map(row -> row.text(0))
              .findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  @Override
  public String source() {
    return database();
  }

  @Override
  public String database() {
    return server.target().database();
  }

  @Override
  public RoleLogin first(RoleLogin.Arrangement arrangement, List<String> notes) {
    again(notes);
    try (Session control = server.openControl(database())) {
      if (!restored) {
        before = fingerprint(control);
      }
      if (restored) {
        MaterializedViews.populate(control, undumped.unpopulated(), false, notes);
      }
      InvalidIndexes.tell(control, undumped.invalidIndexes(), notes);
      return arrangement.elevated(arrangement.in(control, RoleLogin.Place.IN_PLACE));
    }
  }

  /** Returns the state; where it cannot be read, the report says that it could not be told. */
  private static Optional<Fingerprint> fingerprint(Session named) {
    try {
      return Optional.of(Fingerprint.of(named));
    } catch (SessionException refused) {
      return Optional.empty();
    }
  }

  /** Leaves it as the transaction that was rolled back left it. */
  @Override
  public void again(List<String> notes) {
    insteadOfClone.ifPresent(notes::add);
  }

  /** Gives nothing: no right of the user's database is changed. */
  @Override
  public Optional<ExtensionGate> give(RoleLogin login, List<String> notes) {
    return Optional.empty();
  }

  @Override
  public void drop() {
    // It is the user's.
  }

  /** Drops what was restored, and compares what is there with what was; a second call repeats. */
  @Override
  public Cleanup end() {
    if (cleanup.isEmpty()) {
      cleanup = Optional.of(cleaned());
    }
    return cleanup.get();
  }

  /** Empties and compares; what the rehearsal has found is not lost where that is refused. */
  private Cleanup cleaned() {
    if (restored) {
      try (Session named = server.openControl(database())) {
        empty(named);
      } catch (SessionException refused) {
        return new Cleanup.Unverified(
            "the schema that was restored may still be there: " + refused.text());
      }
    }
    try (Session control = server.openForQuestions(database())) {
      Cleanup known = Fingerprint.since(before, control);
      return restored && known instanceof Cleanup.Unchanged ? new Cleanup.Emptied() : known;
    } catch (SessionException lost) {
      return new Cleanup.Unverified("it could not be reached after the run: " + lost.text());
    }
  }

  /** Drops what was restored, if something was; {@link #end} also compares. */
  void empty() {
    if (restored) {
      end();
    }
  }

  private void empty(Session named) {
    if (othersAreThere(named)) {
      // What they made must not go with it; the comparison with before tells what stays.
      return;
    }
    // By numbers: descriptions are translated, and do not quote.
    named.query("SELECT quote_ident(extname), oid FROM pg_extension WHERE oid >= 16384").stream()
        .filter(extension -> !before.orElseThrow().holds("pg_extension", extension.text(1)))
        .forEach(extension -> drop(named, "EXTENSION " + extension.text(0)));
    for (Row object : named.query(UserObjects.ofAnybody())) {
      drop(named, UserObjects.keyword(object.text(0)) + " " + object.text(1));
    }
  }

  private static boolean othersAreThere(Session named) {
    return !named
        .query(
            "SELECT FROM pg_stat_activity WHERE datname = current_database() AND usename IS NOT"
                + " NULL AND application_name IS DISTINCT FROM current_setting('application_name')")
        .isEmpty();
  }

  /** Drops an object; what stays is seen when the catalog is compared with what it was. */
  private static void drop(Session named, String object) {
    try {
      named.run("DROP " + object + " CASCADE");
    } catch (SessionException goneAlready) {
      // With another that it hung on.
    }
  }
}
