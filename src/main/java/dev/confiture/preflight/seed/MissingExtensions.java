package dev.confiture.preflight.seed;

import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.sql.CreateExtension;
import dev.confiture.preflight.sql.Script;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The extensions that a schema makes and a server has no files of, known before it is restored. */
public final class MissingExtensions {

  private MissingExtensions() {}

  /** Their names, in the order of the schema (manual, 52.1 "pg_available_extensions"). */
  public static List<String> of(Script script, Session session) {
    List<String> made =
        script.statements().stream()
            .flatMap(statement -> CreateExtension.of(statement).stream())
            .map(CreateExtension::name)
            .distinct()
            .toList();
    if (made.isEmpty()) {
      return made;
    }
    Set<String> available =
        session.query("SELECT name FROM pg_catalog.pg_available_extensions").stream()
            .map(row -> row.text(0))
            .collect(Collectors.toSet());
    return made.stream().filter(name -> !available.contains(name)).toList();
  }
}
