package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.problem.SandboxProblem;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which databases of a given server a run uses: those that it makes, or the named one where it may
 * make none, or is asked not to.
 */
final class RunDatabases {

  private static final long ROOM = 1L << 30;

  private final GivenServer server;
  private final RunName run;
  private final Session control;
  private final String controlDatabase;
  private Optional<Session> template = Optional.empty();
  private Optional<FilledDatabase> filled = Optional.empty();
  private Optional<String> insteadOfClone = Optional.empty();

  RunDatabases(GivenServer server, ControlConnection connection, RunName run) {
    this.server = server;
    this.run = run;
    this.control = connection.session();
    this.controlDatabase = connection.database();
  }

  /**
   * Makes an empty database to be seeded, or takes the named one where savepoints may do: {@link
   * Sandbox#openTemplate}.
   */
  Session openTemplate(Isolation isolation) {
    if (template.isPresent()) {
      throw new IllegalStateException("the template is opened once");
    }
    try {
      control.run("CREATE DATABASE " + Identifiers.quote(run.template()) + " TEMPLATE template0");
    } catch (SessionException refused) {
      return fillNamed(
          isolation,
          DatabaseCopy.refused(
              control,
              "creating a database on " + server.description() + " to restore into",
              refused));
    }
    Session opened = server.openSeeding(run.template());
    template = Optional.of(opened);
    return opened;
  }

  private Session fillNamed(Isolation isolation, SandboxProblem refused) {
    if (isolation == Isolation.CLONE || !SavepointFallback.isOffered(refused)) {
      throw refused;
    }
    try (Session named = server.openControlOn(server.namedDatabase())) {
      Optional<String> objection =
          FilledDatabase.objection(named)
              .or(() -> SavepointFallback.objection(named, Optional.empty()));
      if (objection.isPresent()) {
        throw refused.adding(
            "; and it was not restored into " + server.namedDatabase() + ": " + objection.get());
      }
      filled = Optional.of(FilledDatabase.of(server, named));
      insteadOfClone = Optional.of(instead(refused));
    }
    Session opened = server.openSeeding(server.namedDatabase());
    template = Optional.of(opened);
    return opened;
  }

  private static String instead(SandboxProblem refused) {
    return "savepoint isolation was taken, since a clone is not to be had: " + refused.text();
  }

  /** Prepares the database that is migrated: {@link Sandbox#prepare}. */
  GivenDatabase prepare(Isolation isolation, RoleChoice choice, Map<String, String> settings) {
    if (filled.isPresent()) {
      template.ifPresent(Session::close);
      return GivenDatabase.filled(
          server, choice, settings, filled.get(), insteadOfClone.stream().toList());
    }
    if (template.isPresent()) {
      List<String> notes = copyTemplate(template.get());
      return GivenDatabase.copy(
          server,
          isolation == Isolation.SAVEPOINT ? isolation : Isolation.CLONE,
          choice,
          settings,
          run.template(),
          true,
          notes);
    }
    return switch (isolation) {
      case CLONE -> copyOfNamed(choice, settings);
      case SAVEPOINT -> GivenDatabase.named(server, choice, settings, List.of());
      case AUTO -> {
        try {
          yield copyOfNamed(choice, settings);
        } catch (SandboxProblem refused) {
          yield insteadOfCopy(refused, choice, settings);
        }
      }
    };
  }

  private GivenDatabase copyOfNamed(RoleChoice choice, Map<String, String> settings) {
    List<String> notes = copyNamed();
    return GivenDatabase.copy(
        server, Isolation.CLONE, choice, settings, server.namedDatabase(), false, notes);
  }

  private GivenDatabase insteadOfCopy(
      SandboxProblem refused, RoleChoice choice, Map<String, String> settings) {
    if (!SavepointFallback.isOffered(refused)) {
      throw refused;
    }
    try (Session named = server.openForQuestionsOn(server.namedDatabase())) {
      Optional<String> objection = SavepointFallback.objection(named, choice.trackingTable());
      if (objection.isPresent()) {
        throw refused.adding(
            "; and its migration in place, in a transaction that is rolled back, was not tried: "
                + objection.get());
      }
    }
    return GivenDatabase.named(server, choice, settings, List.of(instead(refused)));
  }

  private List<String> copyTemplate(Session seeding) {
    // A second copy finds it closed.
    seeding.close();
    control.run("ALTER DATABASE " + Identifiers.quote(run.template()) + " ALLOW_CONNECTIONS false");
    return DatabaseCopy.make(control, run.template(), run.cloneDatabase());
  }

  private List<String> copyNamed() {
    String named = server.namedDatabase();
    // Without the right to make one the server says so first.
    if (named.equals(controlDatabase) && DatabaseCopy.mayCreate(control)) {
      throw new SandboxProblem(
          "copying the database "
              + named
              + ": it is the only one that this user can connect to, and a database cannot be"
              + " copied over a connection to itself",
          "let the user connect to the database postgres, or name a schema with"
              + " --schema-file");
    }
    long size =
        Long.parseLong(
            control
                .query("SELECT pg_database_size(" + Identifiers.literal(named) + "::name)")
                .getFirst()
                .text(0));
    if (size > ROOM) {
      throw new SandboxProblem(
          "copying the database "
              + named
              + ": it has "
              + (size >> 20)
              + " MiB, more than the 1024 that are copied for a rehearsal",
          "rehearse on its schema alone with --schema-file, or name a smaller database");
    }
    return DatabaseCopy.make(control, named, run.cloneDatabase());
  }

  /** Ends the session that seeds, and empties what was filled. */
  void close() {
    template.ifPresent(Session::close);
    filled.ifPresent(FilledDatabase::empty);
  }
}
