package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.DateStyle;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.session.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a psql session of the role would find set, and a driver's session does not.
 *
 * <p>The driver asks for the time zone of this process and for ISO dates when it connects, and what
 * a client asks for beats {@code ALTER ROLE … SET} and {@code ALTER DATABASE … SET} (manual,
 * 20.1.3). SET SESSION AUTHORIZATION applies no role's settings at all.
 *
 * @param set to be set on every new session
 * @param applied for the report, {@code name=value}: what comes from role or database and changes
 *     what SQL means
 * @param notes what was set for the role and cannot be set here
 */
record NaturalSettings(Map<String, String> set, List<String> applied, List<String> notes) {

  private static final Set<String> REPORTED =
      Set.of("timezone", "datestyle", "intervalstyle", "search_path");

  /** Those that a session has from elsewhere, or that the driver must keep. */
  private static final Set<String> LEFT =
      Set.of("client_encoding", "role", "session_authorization", "session_preload_libraries");

  NaturalSettings {
    set = Map.copyOf(set);
    applied = List.copyOf(applied);
    notes = List.copyOf(notes);
  }

  /**
   * Asks the catalog.
   *
   * @param database the database whose settings count
   * @param serverTimeZone the time zone of the server's configuration
   * @param ofRole whether what was set for the role must be set by hand
   */
  static NaturalSettings of(
      Session control, String role, String database, String serverTimeZone, boolean ofRole) {
    Map<String, String> set = new LinkedHashMap<>();
    Map<String, String> applied = new LinkedHashMap<>();
    List<String> notes = new ArrayList<>();
    set.put("TimeZone", serverTimeZone);
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
                case "timezone" -> set.put("TimeZone", value);
                // The driver insists on ISO for what is shown.
                case "datestyle" -> set.put("DateStyle", DateStyle.parse(value).withIsoOutput());
                default -> {
                  if (ofRole && row.isTrue(1) && !LEFT.contains(key)) {
                    Databases.attempt(control, "SELECT " + assignment(name, value, true))
                        .ifPresentOrElse(
                            why -> notes.add("not set: " + name + " of role " + role + ": " + why),
                            () -> set.put(name, value));
                  }
                }
              }
            });
    return new NaturalSettings(set, List.copyOf(applied.values()), notes);
  }

  /** Sets them on a new session. */
  void applyTo(Session session) {
    session.run(
        set.entrySet().stream()
            .map(setting -> assignment(setting.getKey(), setting.getValue(), false))
            .collect(Collectors.joining(", ", "SELECT ", "")));
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
