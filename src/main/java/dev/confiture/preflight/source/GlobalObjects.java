package dev.confiture.preflight.source;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.SearchPath;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes the roles and settings that pg_dump leaves to <a
 * href="https://www.postgresql.org/docs/current/app-pg-dumpall.html">pg_dumpall --globals-only</a>,
 * as that writes them, but without passwords.
 */
final class GlobalObjects {

  /**
   * The settings that are lists of names: in one literal they would be one name (pg_dump's {@code
   * variable_is_guc_list_quote}).
   */
  private static final Set<String> LISTS = Set.of("search_path");

  /** Settings that name libraries and tablespaces of production's, which the sandbox lacks. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "default_tablespace",
          "temp_tablespaces",
          "session_preload_libraries",
          "local_preload_libraries",
          "shared_preload_libraries");

  /** Names under which applications keep secrets in custom settings. */
  private static final Pattern SECRET =
      Pattern.compile(".*\\..*(secret|passw|pwd|token|key|credential|dsn|url).*");

  private GlobalObjects() {}

  /** Returns the statements, one a line. */
  static String of(Facts facts) {
    StringBuilder sql = new StringBuilder("-- Roles and settings of the server\n");
    for (Facts.Role role : facts.roles()) {
      String name = Identifiers.quote(role.name());
      sql.append("CREATE ROLE ").append(name).append(";\n");
      sql.append("ALTER ROLE ").append(name).append(" WITH ");
      sql.append(String.join(" ", role.attributes())).append(";\n");
    }
    for (Facts.Membership membership : facts.memberships()) {
      sql.append("GRANT ").append(Identifiers.quote(membership.role())).append(" TO ");
      sql.append(Identifiers.quote(membership.member())).append(";\n");
    }
    sql.append(database(facts));
    facts.settings().stream()
        .filter(setting -> isKept(setting.name()))
        .map(setting -> alter(setting, facts.database()))
        .forEach(sql::append);
    return sql.toString();
  }

  /** Writes the owner of the database and the rights on it. */
  private static String database(Facts facts) {
    String name = " DATABASE " + Identifiers.quote(facts.database());
    StringBuilder sql =
        new StringBuilder("ALTER" + name)
            .append(" OWNER TO ")
            .append(Identifiers.quote(facts.owner()))
            .append(";\n");
    facts
        .rights()
        .ifPresent(
            rights -> {
              sql.append("REVOKE ALL ON" + name + " FROM PUBLIC;\n");
              rights.forEach(
                  right ->
                      sql.append("GRANT ")
                          .append(right.privilege())
                          .append(" ON")
                          .append(name)
                          .append(" TO ")
                          .append(right.role().map(Identifiers::quote).orElse("PUBLIC"))
                          .append(right.grantable() ? " WITH GRANT OPTION;\n" : ";\n"));
            });
    return sql.toString();
  }

  /** Returns the names of the settings that are left out because they tell of a secret. */
  static List<String> secrets(Facts facts) {
    return facts.settings().stream()
        .map(Facts.Setting::name)
        .filter(name -> SECRET.matcher(name.toLowerCase(Locale.ROOT)).matches())
        .distinct()
        .toList();
  }

  private static boolean isKept(String name) {
    String folded = name.toLowerCase(Locale.ROOT);
    return !LEFT_OUT.contains(folded) && !SECRET.matcher(folded).matches();
  }

  private static String alter(Facts.Setting setting, String database) {
    String ofDatabase = "DATABASE " + Identifiers.quote(database);
    String whose =
        setting
            .role()
            .map(
                role ->
                    "ROLE "
                        + Identifiers.quote(role)
                        + (setting.ofDatabase() ? " IN " + ofDatabase : ""))
            .orElse(ofDatabase);
    return "ALTER " + whose + " SET " + name(setting.name()) + " TO " + value(setting) + ";\n";
  }

  private static String name(String name) {
    return List.of(name.split("\\.", -1)).stream()
        .map(Identifiers::quote)
        .collect(Collectors.joining("."));
  }

  private static String value(Facts.Setting setting) {
    if (!LISTS.contains(setting.name()) || setting.value().isBlank()) {
      return Identifiers.literal(setting.value());
    }
    return SearchPath.list(setting.value()).stream()
        .map(Identifiers::literal)
        .collect(Collectors.joining(", "));
  }
}
