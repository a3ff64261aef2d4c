package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings that a file makes for its transaction alone, by {@code SET LOCAL} or {@code
 * set_config(…, true)}, with the values that they have before it.
 *
 * @param before the values by name
 * @param statements the file's
 */
record LocalSettings(Map<String, String> before, List<Statement> statements) {

  static final LocalSettings NONE = new LocalSettings(Map.of(), List.of());

  static LocalSettings of(List<Statement> statements, MigratingSession session) {
    Map<String, String> before = new LinkedHashMap<>();
    for (String name : NamedSettings.ofTransaction(statements)) {
      before.put(
          name,
          session
              .query("SELECT pg_catalog.current_setting(" + Identifiers.literal(name) + ", true)")
              .getFirst()
              .text(0));
    }
    return new LocalSettings(before, statements);
  }

  /** Returns the commands after which each setting is what it would be after a COMMIT. */
  List<String> restoring() {
    List<String> commands = new ArrayList<>();
    before.forEach(
        (name, value) ->
            commands.add(
                "SELECT pg_catalog.set_config("
                    + Identifiers.literal(name)
                    + ", "
                    + Identifiers.literal(value)
                    + ", false)"));
    // COMMIT keeps a setting that the file made for the session as well.
    for (Statement statement : statements) {
      if (NamedSettings.ofSession(statement).filter(before::containsKey).isPresent()
          || statement.startsWith("reset", "all")) {
        commands.add(statement.text());
      }
    }
    return commands;
  }
}
