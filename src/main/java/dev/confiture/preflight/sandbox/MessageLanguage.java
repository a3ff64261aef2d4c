package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.session.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses the language of a server's messages: English is asked for where the user may, since names
 * are recognised in English messages only.
 *
 * @param mayChoose true if the user may set {@code lc_messages}, which is a superuser's
 * @param name the server's own setting
 */
record MessageLanguage(boolean mayChoose, String name) {

  static MessageLanguage of(Session control, boolean superuser) {
    return new MessageLanguage(
        superuser || maySet(control), control.query("SHOW lc_messages").getFirst().text(0));
  }

  /**
   * From 15 on the right to set it can be granted
   * (https://www.postgresql.org/docs/current/sql-grant.html).
   */
  private static boolean maySet(Session control) {
    return control.serverVersion().major() >= 15
        && control
            .query("SELECT has_parameter_privilege('lc_messages', 'SET')")
            .getFirst()
            .isTrue(0);
  }

  /** Returns these settings, with English messages where they can be had. */
  Map<String, String> with(Map<String, String> settings) {
    if (!mayChoose) {
      return settings;
    }
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put("lc_messages", "C");
    return all;
  }

  /** Lets a role of the run have them, which may not ask by itself. */
  void choose(Session control, String role) {
    if (!isEnglish()) {
      Databases.attempt(
          control, "ALTER ROLE " + Identifiers.quote(role) + " SET lc_messages = 'C'");
    }
  }

  private boolean isEnglish() {
    return name.isEmpty() || name.startsWith("C") || name.equals("POSIX") || name.startsWith("en");
  }

  /** Says what is lost where they cannot be had. */
  Optional<String> note() {
    return mayChoose || isEnglish()
        ? Optional.empty()
        : Optional.of(
            "this server's messages are in "
                + name
                + ", and the user may not ask for English: failures that follow from earlier ones,"
                + " and places that a message names, may be missed");
  }
}
