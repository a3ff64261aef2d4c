package dev.confiture.preflight.source;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.problem.Words;
import dev.confiture.preflight.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tables that pg_dump cannot lock because the user may not read them.
 *
 * @param tables in the order of their names
 */
record MissingPrivileges(List<QualifiedName> tables) {

  private static final int SHOWN = 10;

  /** The first major version with the role pg_read_all_data. */
  private static final int READ_ALL_DATA = 14;

  MissingPrivileges {
    tables = List.copyOf(tables);
  }

  /** Finds the unreadable tables outside of the excluded schemas. */
  static MissingPrivileges find(Session session, List<String> excluded) {
    return new MissingPrivileges(
        session
            .query(
                "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_'"
                    + " AND n.nspname <> 'information_schema'"
                    + " AND NOT (pg_catalog.has_schema_privilege(n.oid, 'USAGE')"
                    + " AND pg_catalog.has_table_privilege(c.oid, 'SELECT'))"
                    + " ORDER BY n.nspname, c.relname")
            .stream()
            .filter(row -> excluded.stream().noneMatch(p -> matches(p, row.text(0))))
            .map(row -> QualifiedName.of(row.text(0), row.text(1)))
            .toList());
  }

  /** Returns the names of the first tables, for people. */
  String text() {
    return Words.few(tables, SHOWN);
  }

  /** Returns the statements by which a superuser lets the user read these tables. */
  String grants(int major, String user) {
    String schemas =
        tables.stream()
            .flatMap(table -> table.schema().stream())
            .distinct()
            .map(Identifiers::quote)
            .collect(Collectors.joining(", "));
    return grants(major, user, schemas);
  }

  /** Returns the statements for a list of quoted schema names. */
  static String grants(int major, String user, String schemas) {
    String role = Identifiers.quote(user);
    if (major >= READ_ALL_DATA) {
      return "GRANT pg_read_all_data TO " + role;
    }
    List<String> grants = new ArrayList<>();
    grants.add("GRANT USAGE ON SCHEMA " + schemas + " TO " + role);
    grants.add("GRANT SELECT ON ALL TABLES IN SCHEMA " + schemas + " TO " + role);
    grants.add("GRANT SELECT ON ALL SEQUENCES IN SCHEMA " + schemas + " TO " + role);
    return String.join("; ", grants);
  }

  /**
   * Matches a <a
   * href="https://www.postgresql.org/docs/current/app-psql.html#APP-PSQL-PATTERNS">pattern</a> of
   * pg_dump's: an asterisk stands for any letters, a question mark for one.
   */
  private static boolean matches(String pattern, String schema) {
    boolean quoted = pattern.length() > 1 && pattern.startsWith("\"") && pattern.endsWith("\"");
    if (quoted) {
      return pattern.substring(1, pattern.length() - 1).equals(schema);
    }
    StringBuilder expression = new StringBuilder();
    for (char c : pattern.toLowerCase(Locale.ROOT).toCharArray()) {
      expression.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return schema.matches(expression.toString());
  }
}
