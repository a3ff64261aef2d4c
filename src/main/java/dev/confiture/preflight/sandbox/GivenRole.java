package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.session.Session;
import java.util.List;
import java.util.Optional;

/** The migration role on a given server, as far as the URL's user can arrange it. */
final class GivenRole {

  private final GivenServer server;
  private final Session control;
  private final List<String> notes;

  /**
   * For one database.
   *
   * @param control a session in it
   * @param notes takes what has to be done otherwise than asked
   */
  GivenRole(GivenServer server, Session control, List<String> notes) {
    this.server = server;
    this.control = control;
    this.notes = notes;
  }

  /** Of a copy, which is made the role's own. */
  MigrationRole ofCopy(RoleChoice choice, boolean seeded) {
    Optional<RoleSearch> found =
        RoleSearch.in(
            control,
            choice,
            seeded && server.restoresAsSuperuser() ? List.of(server.user()) : List.of());
    return server.restoresAsSuperuser() ? asSuperuser(found, seeded) : asUser(found);
  }

  /** Of a database in which nothing is changed for it. */
  MigrationRole inPlace(RoleChoice choice) {
    Optional<RoleSearch> found = RoleSearch.in(control, choice, List.of());
    if (found.isEmpty() || found.get().name().equals(server.user())) {
      return user(found.map(RoleSearch::reason).orElse("the user of the URL"));
    }
    RoleSearch wanted = found.get();
    if (wanted.exists() && (server.restoresAsSuperuser() || canBecome(wanted.name()))) {
      return new MigrationRole(wanted.name(), wanted.reason(), wanted.superuser());
    }
    notes.add(cannotBecome(wanted));
    return user("the user of the URL");
  }

  private MigrationRole user(String reason) {
    return new MigrationRole(server.user(), reason, server.restoresAsSuperuser());
  }

  /** A superuser can become anyone: never one without need. */
  private MigrationRole asSuperuser(Optional<RoleSearch> found, boolean seeded) {
    RoleSearch choice =
        found.orElseGet(
            () ->
                new RoleSearch(
                    server.run().owner(),
                    "a plain owner: no table has another than " + server.user(),
                    exists(server.run().owner()),
                    false));
    String name = Identifiers.quote(choice.name());
    if (!choice.exists()) {
      control.run("CREATE ROLE " + name);
      if (found.isPresent()) {
        notes.add("role " + choice.name() + " does not exist: made for this run as a plain role");
      }
    }
    if (choice.superuser()) {
      notes.add(
          "migrations run as "
              + choice.name()
              + ", a superuser on this server ("
              + choice.reason()
              + ")");
    } else if (seeded || !choice.exists()) {
      control.run(
          "ALTER DATABASE "
              + Identifiers.quote(server.run().cloneDatabase())
              + " OWNER TO "
              + name);
    }
    if (seeded && !choice.superuser()) {
      notes.addAll(Handover.of(control, server.user(), choice.name()));
    }
    return new MigrationRole(choice.name(), choice.reason(), choice.superuser());
  }

  /** Anyone else can become a role that he is a member of. */
  private MigrationRole asUser(Optional<RoleSearch> found) {
    if (found.isEmpty() || found.get().name().equals(server.user())) {
      return user(found.map(RoleSearch::reason).orElse("the user of the URL"));
    }
    RoleSearch choice = found.get();
    if (!choice.exists() || !canBecome(choice.name())) {
      notes.add(cannotBecome(choice));
      return user("the user of the URL");
    }
    String database = server.run().cloneDatabase();
    Databases.attempt(
            control,
            "ALTER DATABASE "
                + Identifiers.quote(database)
                + " OWNER TO "
                + Identifiers.quote(choice.name()))
        .ifPresent(
            why ->
                notes.add(
                    "the copy belongs to "
                        + server.user()
                        + ", not "
                        + choice.name()
                        + ": "
                        + why));
    return new MigrationRole(choice.name(), choice.reason(), choice.superuser());
  }

  private boolean exists(String role) {
    return !control
        .query("SELECT FROM pg_roles WHERE rolname = " + Identifiers.literal(role))
        .isEmpty();
  }

  private boolean canBecome(String role) {
    return Databases.attempt(
            control, "BEGIN; SET LOCAL ROLE " + Identifiers.quote(role) + "; ROLLBACK")
        .isEmpty();
  }

  private String cannotBecome(RoleSearch choice) {
    return "migrations run as "
        + server.user()
        + ", the user of the URL: it cannot become "
        + choice.name()
        + " ("
        + choice.reason()
        + ")"
        + (choice.exists() ? ", of which it is no member" : ", which does not exist");
  }
}
