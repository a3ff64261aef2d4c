package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.MessageNames;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.ServerVersion;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.seed.RestorePlan.Step;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.source.SchemaText;
import dev.confiture.preflight.sql.CreateExtension;
import dev.confiture.preflight.sql.SearchPathChange;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Restores a schema into an empty database, as {@code psql -f} would, in far fewer round trips.
 *
 * <p>A statement that the server refuses never ends the restore: it becomes a restore gap. A
 * statement that would reach out of the database is not sent; {@link StatementRules} tells which,
 * and what that leaves open.
 */
public final class Seeder {

  private static final int STEPS_BETWEEN_PROGRESS = 500;
  private static final int FIRST_WITH_BOUNDED_CREATEROLE = 16;

  /** Receives the progress of a restore. */
  @FunctionalInterface
  public interface Progress {

    /** Reports the number of statements done, and of all. */
    void done(int statements, int total);
  }

  private final SchemaText schema;
  private final Session session;
  private final boolean superuser;
  private final Optional<String> mark;
  private final RestoreSession sender;
  private final Optional<Privileged> privileged;
  private final GapCollector gaps;
  private final Set<String> notes = new LinkedHashSet<>();
  private final Set<String> schemasMade = new HashSet<>();
  private int refused;

  private Seeder(
      SchemaText schema,
      Session session,
      boolean superuser,
      Optional<Session> ordinary,
      Optional<String> mark) {
    this.mark = mark;
    this.schema = schema;
    this.session = session;
    this.superuser = superuser;
    this.sender = new RestoreSession(ordinary.orElse(session), path(schema), this::refuse);
    this.privileged = ordinary.map(_ -> new Privileged());
    this.gaps = new GapCollector(schema.script());
  }

  /**
   * Restores a schema.
   *
   * @param session a session in the empty database, of no use for anything else afterwards
   * @param superuser true if the session's user is one
   * @param ordinary a session of a role without rights of its own, which owns the database: what
   *     may run code of the schema is sent there, where the other one's user is a superuser
   * @param mark the comment on roles that are made
   * @throws SandboxProblem if the server is lost, or nothing at all could be restored
   */
  public static RestoredSchema restore(
      SchemaText schema,
      Session session,
      boolean superuser,
      Optional<Session> ordinary,
      Optional<String> mark,
      Progress progress) {
    return new Seeder(schema, session, superuser, ordinary, mark).restore(progress);
  }

  /** Returns the roles that a schema names; a restore makes those that are missing. */
  public static Set<String> roles(SchemaText schema) {
    return NamedRoles.of(schema.script());
  }

  /**
   * Returns true if a restore gives stub roles CREATEROLE: before 16 a role that has it can become
   * any other but a superuser (<a href="https://www.postgresql.org/docs/16/release-16.html">release
   * notes of 16</a>).
   *
   * @param superuser true if the restoring user is one
   */
  public static boolean givesCreateRole(boolean superuser, ServerVersion version) {
    return superuser && version.major() >= FIRST_WITH_BOUNDED_CREATEROLE;
  }

  /**
   * Returns the extensions that a schema creates and a server has no files of, in the schema's
   * order.
   */
  public static List<String> missingExtensions(SchemaText schema, Session session) {
    List<String> created =
        schema.script().statements().stream()
            .flatMap(statement -> CreateExtension.of(statement).stream())
            .map(CreateExtension::name)
            .distinct()
            .toList();
    if (created.isEmpty()) {
      return created;
    }
    Set<String> available =
        session.query("SELECT name FROM pg_catalog.pg_available_extensions").stream()
            .map(row -> row.text(0))
            .collect(Collectors.toSet());
    return created.stream().filter(name -> !available.contains(name)).toList();
  }

  /** Returns the schemas that production's sessions begin with on their search path, as told. */
  private static List<String> path(SchemaText schema) {
    return schema.script().statements().stream()
        .filter(
            s -> s.is(0, "alter") && (s.is(1, "database") || s.is(1, "role") || s.is(1, "user")))
        .flatMap(s -> SearchPathChange.of(s).stream())
        .distinct()
        .toList();
  }

  private RestoredSchema restore(Progress progress) {
    long start = System.nanoTime();
    String database = session.query("SELECT current_database()").getFirst().text(0);
    Map<String, ServerError> rolesRefused = new LinkedHashMap<>();
    List<String> roles =
        new StubRoles(session, superuser, mark).make(NamedRoles.of(schema.script()), rolesRefused);
    rolesRefused.forEach(gaps::addRole);
    privileged.ifPresent(users -> users.begin(roles));
    List<Step> steps =
        new RestorePlan(
                superuser,
                mark.isPresent(),
                database,
                schema.database(),
                roles,
                givesCreateRole(superuser, session.serverVersion()))
            .of(schema.script());
    int done = 0;
    int sent = 0;
    for (Step step : steps) {
      sent += take(step) ? 1 : 0;
      if (++done % STEPS_BETWEEN_PROGRESS == 0) {
        progress.done(done, steps.size());
      }
    }
    sender.flush();
    privileged.ifPresent(Privileged::end);
    notes.addAll(gaps.advice());
    List<RestoreGap> found = gaps.gaps();
    if (sent > 0 && refused >= sent) {
      throw new SandboxProblem(
          "nothing of "
              + schema.origin()
              + " could be restored: "
              + found.getFirst().error().message(),
          "is it a schema for PostgreSQL? The statement is at line "
              + found.getFirst().position().line());
    }
    return new RestoredSchema(
        found,
        roles,
        schema.script().statements().size(),
        (int) schema.script().statements().stream().filter(Seeder::makesTable).count(),
        (System.nanoTime() - start) / 1_000_000,
        List.copyOf(notes));
  }

  /** Takes a step; returns true if it is sent and makes something of the schema. */
  private boolean take(Step step) {
    switch (step) {
      case Step.Batched batched -> {
        if (privileged.isEmpty() || !privileged.get().takes(batched)) {
          sender.add(batched);
        }
        return !isSetting(batched.statement());
      }
      case Step.Alone(Statement statement, String sql) -> {
        if (privileged.isEmpty() || !privileged.get().takes(new Step.Batched(statement, sql))) {
          sender.send(statement, sql);
        }
        return !isSetting(statement);
      }
      case Step.Copied(Statement statement, String rows) -> {
        sender.copy(statement, rows);
        return true;
      }
      case Step.Transaction(Statement statement) -> {
        sender.sendPlainly(statement);
        privileged.ifPresent(Privileged::catchUp);
        return false;
      }
      case Step.Skipped _ -> {
        return false;
      }
      case Step.LeftOut(String note) -> {
        notes.add(note);
        return false;
      }
      case Step.Lost(Statement statement, String reason) -> {
        gaps.addLeftOut(statement, reason);
        return false;
      }
      case Step.Refused(Statement statement, String reason) -> {
        sender.flush();
        gaps.addNotSent(statement, reason + " is not restored: it reaches out of the database");
        return false;
      }
    }
  }

  private void refuse(Statement statement, ServerError error) {
    RefusedStatement refusal = new RefusedStatement(statement, error);
    if (refusal.isHarmless()) {
      return;
    }
    if (makesSchema(error)) {
      sender.send(statement, statement.text());
      return;
    }
    if (privileged.isPresent() && privileged.get().retries(statement, error)) {
      return;
    }
    List<RefusedStatement> parts = PartialTable.make(refusal, sender);
    if (!parts.isEmpty()) {
      parts.forEach(gaps::add);
      return;
    }
    refused += isSetting(statement) ? 0 : 1;
    if (!superuser && refusal.concernsRights()) {
      gaps.addRight(refusal);
    } else {
      gaps.add(refusal);
    }
  }

  /**
   * Makes a schema that the file has objects in and does not make: {@code pg_dump} of some schemas
   * or tables leaves it out, and production has it. One that a missing extension brings is lost
   * with that.
   */
  private boolean makesSchema(ServerError error) {
    List<String> named = MessageNames.quoted(error.message());
    if (!error.is(SqlState.INVALID_SCHEMA_NAME)
        || named.isEmpty()
        || gaps.lackExtension()
        || schema.script().statements().stream().anyMatch(s -> createsSchema(s, named.getFirst()))
        || !schemasMade.add(named.getFirst())) {
      return false;
    }
    String name = Identifiers.quote(named.getFirst());
    if (!(sender.execute("CREATE SCHEMA " + name) instanceof Answer.Completed)) {
      return false;
    }
    notes.add(
        "the schema "
            + name
            + " was made, which the schema file does not: with what it holds in production beside"
            + " the file's objects it is not known here");
    return true;
  }

  private static boolean createsSchema(Statement s, String name) {
    return s.startsWith("create", "schema")
        && s.tokens().stream().anyMatch(token -> token.identifier().equals(name));
  }

  /**
   * What a superuser sends, while an ordinary role restores: owners and rights at the end, since
   * until then the ordinary role owns all, unless the file needs them where they stand.
   */
  private final class Privileged {

    private final RestoreSession superusers =
        new RestoreSession(session, List.of(), (statement, error) -> refuse(statement, error));
    private final boolean ordered = SuperuserSteps.needOrder(schema.script());
    private final List<Step.Batched> waiting = new ArrayList<>();
    private final List<Step.Batched> atTheEnd = new ArrayList<>();
    private final Set<String> joined = new HashSet<>();
    private final Set<String> kept = new HashSet<>();
    private String ordinary = "";

    /** Lets the ordinary role give objects to the stub roles, and act as they. */
    void begin(List<String> roles) {
      ordinary = Identifiers.quote(sender.user());
      String options =
          session.serverVersion().major() >= FIRST_WITH_BOUNDED_CREATEROLE
              ? " WITH INHERIT TRUE, SET TRUE"
              : "";
      joined.addAll(roles);
      if (!roles.isEmpty()) {
        session.run(
            "GRANT "
                + roles.stream().map(Identifiers::quote).collect(Collectors.joining(", "))
                + " TO "
                + ordinary
                + options);
      }
      letUseWrappers();
      session
          .query(
              "SELECT p.proname FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_init_privs i"
                  + " ON i.objoid = p.oid AND i.privtype = 'i'"
                  + " AND i.classoid = 'pg_catalog.pg_proc'::pg_catalog.regclass"
                  + " UNION ALL SELECT relname FROM pg_catalog.pg_class"
                  + " WHERE relnamespace = 'pg_catalog'::pg_catalog.regnamespace")
          .forEach(row -> kept.add(row.text(0)));
    }

    /** Takes a step, unless it is the ordinary role's. */
    boolean takes(Step.Batched step) {
      Statement s = step.statement();
      if (SuperuserSteps.isForSuperuser(s) && !s.isOneForTheServer()) {
        sender.flush();
        gaps.addNotSent(
            s, "a statement whose end hangs on how a backslash is read is not restored");
        return true;
      }
      if (SuperuserSteps.isForSuperuser(s)
          && (SuperuserSteps.hasEscapes(s) || SuperuserSteps.isOnSystemObject(s, kept))) {
        sender.flush();
        gaps.addNotSent(
            s,
            "an owner or right of PostgreSQL's own objects is not restored: it reaches out of"
                + " the database");
        return true;
      }
      if (SuperuserSteps.isEventTrigger(s) || isGivenAway(s)) {
        atTheEnd.add(step);
        return true;
      }
      if (SuperuserSteps.isForSuperuser(s)) {
        if (ordered || SuperuserSteps.isOfRights(s) || sender.inTransaction()) {
          waiting.add(step);
        } else {
          sender.flush();
          send(step);
        }
        if (ordered) {
          catchUp();
        }
        return true;
      }
      Optional<String> role = SuperuserSteps.becomes(s);
      if (role.isPresent()) {
        sender.send(s, role.get());
        return true;
      }
      if (isSetting(s)) {
        if (s.isOneForTheServer()) {
          SuperuserSteps.setting(s).ifPresent(session::execute);
        }
        return false;
      }
      if (s.is(0, "create") && s.tokens().stream().anyMatch(token -> token.is("leakproof"))) {
        sender.add(new Step.Batched(s, SuperuserSteps.withoutLeakproof(s)));
        return true;
      }
      return false;
    }

    /** Returns true if the new owner is none whose objects the ordinary role could go on with. */
    private boolean isGivenAway(Statement s) {
      return SuperuserSteps.isOwner(s) && !joined.contains(s.tokens().getLast().identifier());
    }

    /** Sends what waits, where no transaction of the file's own could keep it waiting. */
    void catchUp() {
      if (waiting.isEmpty()) {
        return;
      }
      sender.flush();
      if (!sender.inTransaction()) {
        List<Step.Batched> now = List.copyOf(waiting);
        waiting.clear();
        now.forEach(this::send);
        superusers.flush();
      }
    }

    private void send(Step.Batched step) {
      if (SuperuserSteps.isOfRights(step.statement())) {
        superusers.add(step);
      } else {
        superusers.send(step.statement(), step.sql());
        letUseWrappers();
      }
    }

    /** Sends as a superuser what the ordinary role was refused, if no code can be behind it. */
    boolean retries(Statement statement, ServerError error) {
      if (SuperuserSteps.isForSuperuser(statement)
          || !SuperuserSteps.mayFollow(statement, error)
          || sender.inTransaction()) {
        return false;
      }
      switch (session.execute(statement.text())) {
        case Answer.Completed _ -> {
          if (statement.startsWith("create", "foreign", "data")) {
            letUseWrappers();
          }
        }
        case Answer.Refused(ServerError again, _) ->
            gaps.add(new RefusedStatement(statement, again));
        case Answer.Lost(String reason, _, _, _) -> throw RestoreSession.lost(reason);
      }
      return true;
    }

    private void letUseWrappers() {
      session
          // Qualified: the session has the file's search path.
          .query("SELECT pg_catalog.quote_ident(fdwname) FROM pg_catalog.pg_foreign_data_wrapper")
          .forEach(
              row ->
                  session.run(
                      "GRANT USAGE ON FOREIGN DATA WRAPPER " + row.text(0) + " TO " + ordinary));
    }

    void end() {
      if (sender.inTransaction()) {
        sender.execute("COMMIT");
      }
      catchUp();
      // Owners before event triggers, which would fire on them.
      for (boolean last : List.of(false, true)) {
        atTheEnd.stream()
            .filter(step -> SuperuserSteps.isEventTrigger(step.statement()) == last)
            .forEach(superusers::add);
        superusers.flush();
      }
    }
  }

  /** Returns true for a setting of the session, of no account where all else is refused. */
  private static boolean isSetting(Statement s) {
    return s.is(0, "set")
        || (s.is(0, "select") && s.tokens().stream().anyMatch(token -> token.is("set_config")));
  }

  private static boolean makesTable(Statement statement) {
    return statement.is(0, "create") && (statement.is(1, "table") || statement.is(2, "table"));
  }

  /**
   * The result of a restore.
   *
   * @param gaps the parts of the schema that the sandbox lacks
   * @param stubRoles the roles that were made because the schema names them
   * @param statements the number of the schema's statements
   * @param tables the number of its CREATE TABLE statements
   * @param millis how long the restore took, in milliseconds
   * @param notes the parts left out on purpose, and how to get what is missing, a sentence each
   */
  public record RestoredSchema(
      List<RestoreGap> gaps,
      List<String> stubRoles,
      int statements,
      int tables,
      long millis,
      List<String> notes) {

    public RestoredSchema {
      gaps = List.copyOf(gaps);
      stubRoles = List.copyOf(stubRoles);
      notes = List.copyOf(notes);
    }
  }
}
