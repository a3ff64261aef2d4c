package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.RoleRights;
import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The database that is migrated: a clone that is thrown away, or under savepoint isolation perhaps
 * the user's own.
 */
public final class MigratedDatabase implements AutoCloseable {

  private static final String MAY_NOT_LOG_IN = "28000";
  private static final String WRONG_PASSWORD = "28P01";

  private final Sandbox sandbox;
  private final Server server;
  private final Origin origin;
  private final Isolation isolation;
  private final RoleLogin login;
  private final Map<String, String> settings;
  private final RoleSettings roleSettings;
  private final Optional<ExtensionGate> extensions;
  private final RoleRights rights;
  private final List<String> notes;
  private Optional<LentRights.Loan> loan = Optional.empty();
  private Optional<Session> opened = Optional.empty();
  private Optional<Session> control = Optional.empty();
  private boolean closed;

  /**
   * Takes the database that was prepared. On an external server the migration role logs in at once,
   * to see that it can: the server's own rules may not admit it.
   *
   * @param arranged how the role is to log in
   * @param settings server settings for every session of the migration role
   * @param told settings that the role has in production
   * @param extensions how the role may create extensions, where it needs help
   * @param rights how far those of the migration role are known
   * @param notes what had to be done otherwise than asked so far
   * @throws SandboxProblem if the role cannot log in, and a superuser's session must not become it
   */
  MigratedDatabase(
      Sandbox sandbox,
      Server server,
      Origin origin,
      Isolation isolation,
      RoleLogin arranged,
      Map<String, String> settings,
      Map<String, String> told,
      Optional<ExtensionGate> extensions,
      RoleRights rights,
      List<String> notes) {
    this.sandbox = sandbox;
    this.server = server;
    this.origin = origin;
    this.isolation =
        origin instanceof InPlaceDatabase || isolation == Isolation.SAVEPOINT
            ? Isolation.SAVEPOINT
            : Isolation.CLONE;
    this.extensions = extensions;
    this.rights = rights;
    List<String> all = new ArrayList<>(notes);
    RoleLogin possible = arranged;
    RoleSettings found = RoleSettings.of(server, arranged, origin.source(), told);
    if (!server.isOurs() && arranged.credentials().isPresent()) {
      try {
        opened = Optional.of(server.openAs(arranged.credentials(), origin.database(), settings));
      } catch (SessionException refused) {
        all.add(refuseUnlessByUser(arranged, refused));
        possible = arranged.byAdministrator();
        found = RoleSettings.of(server, possible, origin.source(), told);
      }
    }
    this.login = possible;
    // RESET goes back to them, as to those of a role; the driver has a date style of its own.
    Map<String, String> atStart = new LinkedHashMap<>(settings);
    if (possible.credentials().isEmpty()) {
      told.forEach(
          (name, value) -> {
            if (!name.equalsIgnoreCase("datestyle")) {
              atStart.put(name, value);
            }
          });
    }
    this.settings = Map.copyOf(atStart);
    this.roleSettings = found;
    all.addAll(found.notes());
    server.language().note().ifPresent(all::add);
    this.notes = List.copyOf(all);
  }

  /** Says that the URL's user migrates; refuses where a migration would gain by that. */
  private String refuseUnlessByUser(RoleLogin arranged, SessionException refused) {
    String who = arranged.credentials().map(Credentials::user).orElseThrow();
    if (server.isSuperuser()) {
      throw server.notAdmitted(who, refused);
    }
    return "migrations run in sessions of "
        + server.user()
        + ", the user of the URL: "
        + who
        + ", made for this run, could not log in: "
        + refused.text();
  }

  /** Returns the name of the database. */
  public String database() {
    return origin.database();
  }

  /** Returns how the role that migrates logs in. */
  RoleLogin login() {
    return login;
  }

  /** Returns the role that migrates. */
  public MigrationRole role() {
    return login.role();
  }

  /** Returns how far the migration role has the rights that it has in production. */
  public RoleRights rights() {
    return rights;
  }

  /**
   * Lends the migration role the rights that production's may have beside those here, until {@link
   * #takeBackRights}.
   *
   * @return true if it has more than before
   */
  public boolean lendRights() {
    if (rights == RoleRights.KNOWN || loan.isPresent()) {
      return false;
    }
    loan = sandbox.lend(role().name());
    return loan.isPresent();
  }

  /** Takes back what was lent; does nothing where nothing was. */
  public void takeBackRights() {
    loan.ifPresent(LentRights.Loan::end);
    loan = Optional.empty();
  }

  /** Returns how the schema is kept from the migrations: never {@code AUTO}. */
  public Isolation isolation() {
    return isolation;
  }

  /** Opens a session of the migration role, with the settings that psql would have there. */
  public Session openMigrating() {
    Session session = opened.orElseGet(this::logIn);
    opened = Optional.empty();
    try {
      settle(session);
      return session;
    } catch (SessionException refused) {
      session.close();
      throw refused;
    }
  }

  /**
   * Logs in. A migration role whose password a migration changed is refused, as its next deployment
   * would be; a login role of the run, which production does not have, is let in again.
   */
  private Session logIn() {
    try {
      return server.openAs(login.credentials(), database(), settings);
    } catch (SessionException refused) {
      if (login.credentials().isEmpty() || setRole().isEmpty() || !isRefusedLogin(refused)) {
        throw refused;
      }
      sandbox.enable(login);
      return server.openAs(login.credentials(), database(), settings);
    }
  }

  static boolean isRefusedLogin(SessionException refused) {
    return refused.is(WRONG_PASSWORD) || refused.is(MAY_NOT_LOG_IN);
  }

  /** Gives a session that was reset the settings and the role of a new one. */
  public void settle(Session session) {
    session.run(settlement());
  }

  /** Returns the commands by which {@link #settle} does that. */
  public String settlement() {
    return roleSettings.assignments() + setRole().map(command -> "; " + command).orElse("");
  }

  /** Returns the commands that give a session whose settings were reset those of the role. */
  public String roleSettings() {
    return roleSettings.assignments();
  }

  /** Returns true if the database bears the name that it has in production, as far as is known. */
  public boolean isNamedAsInProduction() {
    return server.isOurs() && !origin.database().equals(server.run().cloneDatabase());
  }

  /**
   * Returns true if those of its materialized views are populated that production's are, as far as
   * is known: only a superuser can mark one that cannot be refreshed without rows.
   */
  public boolean hasViewsAsInProduction() {
    return origin instanceof Template && server.isSuperuser();
  }

  /**
   * Returns the command by which a session of another user becomes the migration role; empty where
   * the role has logged in itself. A migration that goes back to the session's own user means the
   * role.
   */
  public Optional<String> setRole() {
    return login.setRole(server);
  }

  /**
   * Returns a session of the engine itself in the same database, to ask the catalog: always the
   * same one, which ends with this. What it asks is limited in time.
   */
  public Session control() {
    Session asking = control.orElseGet(this::openControl);
    control = Optional.of(asking);
    return asking;
  }

  /** Returns how the migration role connects, for a program of the team's. */
  public ConnectionString loginUrl() {
    Credentials credentials = login.credentials().orElseThrow();
    return server
        .target()
        .withUser(credentials.user(), credentials.password())
        .withDatabase(database());
  }

  /** Returns the length of the server's log, where it was started to write one. */
  public long logEnd() {
    return new ServerLog(server.control()).end();
  }

  /** Returns what the server has logged from an offset on. */
  public String logSince(long from) {
    return new ServerLog(server.control()).since(from);
  }

  /** Opens another such session: to cancel or terminate the one that migrates, from any thread. */
  public Session openControl() {
    return server.openForQuestions(database());
  }

  /** Tells of roles that a migration may make: {@link Sandbox#mayMake}. */
  public void mayMake(Collection<String> roles) {
    sandbox.mayMake(roles);
  }

  /** Returns what had to be done otherwise than asked, for the report. */
  public List<String> notes() {
    return notes;
  }

  /**
   * Returns the settings of the migration role and its database that its sessions have, as {@code
   * name=value}: those that change what SQL means.
   */
  public List<String> appliedSettings() {
    return roleSettings.applied();
  }

  /**
   * Returns the SQL to send in place of {@code CREATE EXTENSION}, for an extension that only a
   * superuser may create and that reaches neither files nor network; empty where the statement
   * itself is to be sent.
   */
  public Optional<String> extensionCall(
      String extension, boolean ifNotExists, Optional<String> schema, boolean cascade) {
    return extensions.flatMap(gate -> gate.call(extension, ifNotExists, schema, cascade));
  }

  /**
   * Cleans up the user's own database, and says what became of the one that was migrated; after
   * {@link #close} only, and after it no second run is prepared.
   */
  public Cleanup cleanup() {
    if (!closed) {
      throw new IllegalStateException("known only after the end");
    }
    return origin.end();
  }

  /** Drops the database, where it is a clone; a second call does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    opened.ifPresent(Session::close);
    control.ifPresent(Session::close);
    sandbox.drop(origin);
  }
}
