package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.DateStyle;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds the settings that a psql session of the migration role begins with, and a driver's session
 * does not.
 *
 * <p>The driver asks for the time zone of this process and for ISO dates when it connects, and what
 * a client asks for beats {@code ALTER ROLE … SET} and {@code ALTER DATABASE … SET}
 * (https://www.postgresql.org/docs/current/config-setting.html). SET ROLE applies no role's
 * settings at all.
 *
 * @param set to be set on every new session
 * @param applied for the report, {@code name=value}: what comes from role or database and changes
 *     what SQL means
 * @param notes what was set for the role and cannot be set here
 */
record RoleSettings(Map<String, String> set, List<String> applied, List<String> notes) {

  private static final Set<String> REPORTED =
      Set.of("timezone", "datestyle", "intervalstyle", "search_path");

  /** Settings that a session has from elsewhere, or that the driver must keep. */
  private static final Set<String> LEFT =
      Set.of("client_encoding", "role", "session_authorization", "session_preload_libraries");

  RoleSettings {
    set = Map.copyOf(set);
    applied = List.copyOf(applied);
    notes = List.copyOf(notes);
  }

  /**
   * Reads the catalog. A role that logs in for the migration role gets the latter's settings, if
   * this run made it: those are also what RESET goes back to.
   *
   * @param login how the migration role's sessions begin: where it logs in itself they have its
   *     settings
   * @param database the database whose settings count
   * @param told those that production's role has, as the user tells them: they win
   * @throws UsageProblem if the server refuses one of these
   */
  static RoleSettings of(
      Server server, RoleLogin login, String database, Map<String, String> told) {
    Session control = server.control();
    String role = login.role().name();
    boolean logsInItself = login.setRole(server).isEmpty();
    Optional<String> made = login.credentials().map(Credentials::user);
    Map<String, String> set = new LinkedHashMap<>();
    Map<String, String> applied = new LinkedHashMap<>();
    List<String> notes = new ArrayList<>();
    set.put("timezone", serverTimeZone(control));
    control
        .query(
            "SELECT unnest(s.setconfig), s.setrole <> 0 FROM pg_db_role_setting s"
                + " LEFT JOIN pg_database d ON d.oid = s.setdatabase"
                + " LEFT JOIN pg_roles r ON r.oid = s.setrole"
                + " WHERE (s.setdatabase = 0 OR d.datname = "
                + Identifiers.literal(database)
                + ") AND (s.setrole = 0 OR r.rolname = "
                + Identifiers.literal(role)
                + ") ORDER BY s.setrole <> 0, s.setdatabase <> 0")
        .forEach(
            row -> {
              String entry = row.text(0);
              String name = entry.substring(0, entry.indexOf('='));
              String value = entry.substring(entry.indexOf('=') + 1);
              String key = name.toLowerCase(Locale.ROOT);
              if (REPORTED.contains(key) || key.startsWith("default_transaction_")) {
                applied.put(key, name + "=" + value);
              }
              switch (key) {
                case "timezone" -> set.put("timezone", value);
                // The driver insists on ISO for what is shown.
                case "datestyle" -> set.put("datestyle", DateStyle.parse(value).withIsoOutput());
                default -> {
                  if (!logsInItself && row.isTrue(1) && !LEFT.contains(key)) {
                    give(control, made, name, value)
                        .ifPresentOrElse(
                            why -> notes.add("not set: " + name + " of role " + role + ": " + why),
                            () -> {
                              if (made.isEmpty()) {
                                set.put(name, value);
                              }
                            });
                  }
                }
              }
            });
    told.forEach(
        (name, asked) -> {
          // The driver insists on ISO for what is shown.
          boolean style = name.equalsIgnoreCase("datestyle");
          String value = style ? DateStyle.parse(asked).withIsoOutput() : asked;
          // A custom one may well be a secret.
          applied.put(
              name.toLowerCase(Locale.ROOT), name + "=" + (name.contains(".") ? "…" : asked));
          give(control, made, name, value).ifPresent(why -> refuse(name, why));
          if (made.isEmpty() || style || name.equalsIgnoreCase("timezone")) {
            set.put(name.toLowerCase(Locale.ROOT), value);
          }
        });
    return new RoleSettings(set, List.copyOf(applied.values()), notes);
  }

  /**
   * Gives a setting to the role of the run that logs in; where that is the URL's user, tries it.
   *
   * @return what the server said if it refused
   */
  private static Optional<String> give(
      Session control, Optional<String> made, String name, String value) {
    return Databases.attempt(
        control,
        made.map(
                user ->
                    Databases.assignment(
                        "ALTER ROLE " + Identifiers.quote(user), name, Optional.of(value)))
            .orElse("SELECT " + assignment(name, value, true)));
  }

  private static void refuse(String name, String why) {
    throw new UsageProblem(
        "setting " + name + " for the migration role: " + why,
        "give a setting of PostgreSQL's with a value that it takes: --setting NAME=VALUE");
  }

  /**
   * Finds the time zone of the server's configuration, which a driver's session cannot see: the
   * file's where a superuser asks, else that of the log, which initdb sets to the same.
   */
  private static String serverTimeZone(Session control) {
    try {
      List<Row> configured =
          control.query(
              "SELECT setting FROM pg_file_settings WHERE lower(name) = 'timezone' AND applied"
                  + " ORDER BY seqno DESC LIMIT 1");
      if (!configured.isEmpty()) {
        return configured.getFirst().text(0);
      }
    } catch (SessionException notAllowed) {
      // Only a superuser may.
    }
    return control.query("SELECT current_setting('log_timezone')").getFirst().text(0);
  }

  /** Returns the query that sets them on a new session. */
  String assignments() {
    return set.entrySet().stream()
        .map(setting -> assignment(setting.getKey(), setting.getValue(), false))
        .collect(Collectors.joining(", ", "SELECT ", ""));
  }

  private static String assignment(String name, String value, boolean local) {
    return "pg_catalog.set_config("
        + Identifiers.literal(name)
        + ", "
        + Identifiers.literal(value)
        + ", "
        + local
        + ")";
  }
}
