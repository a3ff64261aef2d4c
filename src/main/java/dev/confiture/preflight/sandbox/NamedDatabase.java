package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.session.Session;
import java.util.List;
import java.util.Optional;

/** Makes clones of the database that the user named, which is never written to. */
record NamedDatabase(Server server, ExternalCluster cluster) implements Origin {

  private static final long LARGEST_COPIED = 1L << 30;

  /**
   * Makes the first copy.
   *
   * @throws SandboxProblem if the database is too large to be copied, or the server refuses
   */
  static NamedDatabase copied(Server server, ExternalCluster cluster, List<String> notes) {
    NamedDatabase named = new NamedDatabase(server, cluster);
    named.again(notes);
    return named;
  }

  @Override
  public String source() {
    return server.target().database();
  }

  @Override
  public String database() {
    return server.run().cloneDatabase();
  }

  @Override
  public RoleLogin first(RoleLogin.Arrangement arrangement, List<String> notes) {
    try (Session control = server.openControl(database())) {
      return arrangement.elevated(arrangement.in(control, RoleLogin.Place.COPY));
    }
  }

  @Override
  public void again(List<String> notes) {
    refuseToCopy();
    Databases.copy(server, source(), database(), notes);
  }

  private void refuseToCopy() {
    // Without the right to make one the server says so first.
    if (source().equals(server.controlDatabase()) && Databases.mayCreate(server)) {
      throw new SandboxProblem(
          "copying the database "
              + source()
              + ": it is the only one that this user can connect to, and a database cannot be"
              + " copied over a connection to itself",
          "let the user connect to the database postgres, or name a schema with"
              + " --schema-file");
    }
    long size =
        Long.parseLong(
            server
                .control()
                .query("SELECT pg_database_size(" + Identifiers.literal(source()) + "::name)")
                .getFirst()
                .text(0));
    if (size > LARGEST_COPIED) {
      throw new SandboxProblem(
          "copying the database "
              + source()
              + ": it has "
              + (size >> 20)
              + " MiB, more than the 1024 that are copied for a rehearsal",
          "rehearse on its schema alone with --schema-file, or name a smaller database");
    }
  }

  /** Leaves the copy the owner of the user's database, unless the role is made for the run. */
  @Override
  public Optional<ExtensionGate> give(RoleLogin login, List<String> notes) {
    String role = login.role().name();
    String owner = server.isSuperuser() && cluster.had(role) ? server.user() : role;
    Databases.give(server, database(), owner, login, notes);
    if (!server.isSuperuser() || login.role().superuser()) {
      return Optional.empty();
    }
    try (Session control = server.openControl(database())) {
      EventTriggers.silenced(control, () -> ExtensionGate.install(control, role));
      return Optional.of(ExtensionGate.of(control));
    }
  }

  @Override
  public void drop() {
    Databases.drop(server, database());
  }
}
