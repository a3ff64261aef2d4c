package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.Undumped;
import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes clones of the database that was seeded, once it is handed over to the migration role.
 *
 * <p>On our own server the clone may bear production's name, and what all databases share is put
 * back row by row before the next clone.
 */
final class Template implements Origin {

  private static final Set<String> NOT_FOR_CLONES = Set.of("template0", "template1");

  private final Server server;
  private final String clone;
  private final Undumped undumped;
  private Optional<HandedOver> handedOver = Optional.empty();

  /**
   * Keeps what clones need of the template.
   *
   * @param owner of a clone
   * @param catalogs of our own server
   */
  private record HandedOver(
      String owner, Optional<ExtensionGate> extensions, Optional<SharedCatalogs> catalogs) {}

  private Template(Server server, String clone, Undumped undumped) {
    this.server = server;
    this.clone = clone;
    this.undumped = undumped;
  }

  /**
   * Creates it, empty.
   *
   * @param production what the database is called in production, if that is known
   * @param undumped what production has and the schema does not make
   * @throws SandboxProblem if the server refuses
   */
  static Template create(Server server, Optional<String> production, Undumped undumped) {
    String template = Identifiers.quote(server.run().template());
    try {
      server
          .control()
          .run("CREATE DATABASE " + template + " TEMPLATE template0" + server.copyStrategy());
      server.mark("DATABASE " + template);
    } catch (SessionException refused) {
      throw Databases.refused(
          server, "creating a database on " + server.description() + " to restore into", refused);
    }
    return new Template(
        server,
        production
            .filter(known -> server.isOurs() && !NOT_FOR_CLONES.contains(known))
            .orElse(server.run().cloneDatabase()),
        undumped);
  }

  @Override
  public String source() {
    return server.run().template();
  }

  @Override
  public String database() {
    return clone;
  }

  @Override
  public RoleLogin first(RoleLogin.Arrangement arrangement, List<String> notes) {
    if (clone.equals(server.controlDatabase())) {
      server.leaveDatabase();
    }
    RoleLogin login;
    Optional<ExtensionGate> extensions = Optional.empty();
    try (Session control = server.openControl(source())) {
      if (server.isSuperuser()) {
        SystemObjects.putBack(control);
      }
      if (server.isOurs()) {
        RoleLogin.disarm(control, server.engineRoles());
      }
      arrangement.external().ifPresent(cluster -> cluster.knowRolesOf(server.run().restorer()));
      login = arrangement.in(control, RoleLogin.Place.TEMPLATE);
      String role = login.role().name();
      boolean handsOver = server.isSuperuser() && !login.role().superuser();
      EventTriggers.silenced(
          control,
          () -> {
            if (handsOver) {
              List<String> givers = new ArrayList<>(server.mightyRoles());
              givers.remove(role);
              new OwnershipTransfer(control, givers, role, notes).run();
              arrangement
                  .external()
                  .ifPresent(cluster -> cluster.takeDefinersFromOthers(control, role));
              ExtensionGate.install(control, role);
            }
            Restorer.dismiss(server, control, handsOver ? role : server.user());
            MaterializedViews.populate(
                control, undumped.unpopulated(), server.isSuperuser(), notes);
            if (server.isOurs()) {
              InvalidIndexes.make(control, undumped.invalidIndexes(), notes);
            } else {
              InvalidIndexes.tell(control, undumped.invalidIndexes(), notes);
            }
          });
      if (handsOver) {
        extensions = Optional.of(ExtensionGate.of(control));
      }
    }
    String owner = owner(login);
    login = arrangement.elevated(login);
    String alter = "ALTER DATABASE " + Identifiers.quote(source());
    // Nobody connects to it, and a migration drops what its role owns.
    server.control().run(alter + " ALLOW_CONNECTIONS false");
    if (server.isSuperuser()) {
      server.control().run(alter + " OWNER TO " + Identifiers.quote(server.user()));
    }
    handedOver =
        Optional.of(
            new HandedOver(
                owner,
                extensions,
                server.isOurs()
                    ? Optional.of(SharedCatalogs.save(server.control(), source()))
                    : Optional.empty()));
    again(notes);
    return login;
  }

  /** Returns the owner that the schema tells, else the migration role. */
  private String owner(RoleLogin login) {
    String owner =
        server
            .control()
            .query(
                "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = "
                    + Identifiers.literal(source()))
            .getFirst()
            .text(0);
    boolean told = !owner.equals(server.user()) || login.role().superuser();
    return server.isSuperuser() && told ? owner : login.role().name();
  }

  @Override
  public void again(List<String> notes) {
    Databases.copy(server, source(), clone, notes);
    handedOver.flatMap(HandedOver::catalogs).ifPresent(SharedCatalogs::hideTemplate);
  }

  @Override
  public Optional<ExtensionGate> give(RoleLogin login, List<String> notes) {
    HandedOver template = handedOver.orElseThrow();
    Databases.give(server, clone, template.owner(), login, notes);
    return template.extensions();
  }

  @Override
  public void drop() {
    Databases.drop(server, clone);
    handedOver.flatMap(HandedOver::catalogs).ifPresent(SharedCatalogs::restore);
  }

  /**
   * Makes the migration role the owner of what superusers of the engine's own own, object by
   * object: the one that restored, and the one that code of the schema may have given it to.
   *
   * <p>{@code REASSIGN OWNED} would not do: it stops at an event trigger, which only a superuser
   * may own, and it would take extensions along
   * (https://www.postgresql.org/docs/current/sql-createeventtrigger.html). What a superuser keeps
   * must not run as him: no function, view or rule of the schema stays behind.
   *
   * @param notes takes what could not be handed over
   */
  private record OwnershipTransfer(
      Session superuser, List<String> givers, String taker, List<String> notes) {

    private static final int AT_ONCE = 200;

    void run() {
      List<String> commands =
          superuser.query(UserObjects.ofOwners(givers)).stream()
              .map(row -> command(row.text(0), row.text(1)))
              .collect(Collectors.toCollection(ArrayList::new));
      // A few at a time: each lock of a transaction takes a place in the lock table.
      for (int from = 0; from < commands.size(); from += AT_ONCE) {
        List<String> some = commands.subList(from, Math.min(from + AT_ONCE, commands.size()));
        try {
          superuser.run(String.join("; ", some));
        } catch (SessionException refused) {
          some.forEach(this::runAlone);
        }
      }
    }

    private String command(String type, String identity) {
      String kind = UserObjects.keyword(type);
      return "ALTER " + kind + " " + identity + " OWNER TO " + Identifiers.quote(taker);
    }

    private void runAlone(String command) {
      Databases.attempt(superuser, command)
          .ifPresent(why -> notes.add("not handed over: " + command + " (" + why + ")"));
    }
  }
}
