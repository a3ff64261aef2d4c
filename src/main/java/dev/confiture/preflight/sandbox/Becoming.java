package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import java.util.Optional;

/** How a session of the URL's user becomes one of the migration role. */
enum Becoming {
  /** It is that role's already. */
  NOTHING(""),
  ROLE("SET ROLE "),
  AUTHORIZATION("SET SESSION AUTHORIZATION ");

  private final String command;

  Becoming(String command) {
    this.command = command;
  }

  static Becoming of(GivenServer server, MigrationRole role) {
    if (role.name().equals(server.user())) {
      return NOTHING;
    }
    return server.restoresAsSuperuser() ? AUTHORIZATION : ROLE;
  }

  Optional<String> command(MigrationRole role) {
    return this == NOTHING
        ? Optional.empty()
        : Optional.of(command + Identifiers.quote(role.name()));
  }
}
