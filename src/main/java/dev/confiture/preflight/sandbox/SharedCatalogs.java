package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.session.Session;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Puts back what all databases of our own server share: roles, memberships, settings, comments, and
 * which databases there are.
 *
 * <p>A role that a migration dropped comes back under its number, so that the template still knows
 * its owners. Rows of the catalogs are compared and exchanged: on a server of ours nobody else is
 * there to be disturbed.
 *
 * @param superuser a session that stays open
 * @param template its number
 */
record SharedCatalogs(Session superuser, String template) {

  private static final List<String> CATALOGS =
      List.of(
          "pg_authid",
          "pg_auth_members",
          "pg_db_role_setting",
          "pg_shdepend",
          "pg_shdescription",
          "pg_shseclabel");

  /**
   * Saves them, on a superuser's session that stays open.
   *
   * @param database the template
   */
  static SharedCatalogs save(Session superuser, String database) {
    String template =
        superuser
            .query("SELECT oid FROM pg_database WHERE datname = " + Identifiers.literal(database))
            .getFirst()
            .text(0);
    superuser.run(
        CATALOGS.stream()
                .map(
                    catalog ->
                        "CREATE TEMP TABLE saved_"
                            + catalog
                            + " AS SELECT * FROM pg_catalog."
                            + catalog
                            + whose(catalog, template))
                .collect(Collectors.joining("; "))
            + "; CREATE TEMP TABLE saved_pg_database AS SELECT oid FROM pg_catalog.pg_database");
    return new SharedCatalogs(superuser, template);
  }

  /**
   * Hides what the template depends on: DROP ROLE refuses while another database holds something of
   * the role, and production has no template.
   */
  void hideTemplate() {
    superuser.run("DELETE FROM pg_catalog.pg_shdepend WHERE dbid = " + template);
  }

  /** Puts everything back, after the clone has been dropped. */
  void restore() {
    superuser
        .query(
            "SELECT quote_ident(datname) FROM pg_catalog.pg_database"
                + " WHERE oid NOT IN (SELECT oid FROM saved_pg_database)")
        .forEach(made -> superuser.run("DROP DATABASE " + made.text(0) + " WITH (FORCE)"));
    superuser.run(CATALOGS.stream().map(this::exchange).collect(Collectors.joining("; ")));
  }

  /** Of what depends on roles, the clone's part goes with it. */
  private static String whose(String catalog, String template) {
    return catalog.equals("pg_shdepend") ? " WHERE dbid IN (0, " + template + ")" : "";
  }

  private String exchange(String catalog) {
    String now = "(SELECT * FROM pg_catalog." + catalog + whose(catalog, template) + ")";
    String saved = "saved_" + catalog;
    return "DELETE FROM pg_catalog."
        + catalog
        + " n "
        + (whose(catalog, template).isEmpty() ? " WHERE" : whose(catalog, template) + " AND")
        + " NOT EXISTS (SELECT FROM "
        + saved
        + " s WHERE s::text = n::text); INSERT INTO pg_catalog."
        + catalog
        + " SELECT s.* FROM "
        + saved
        + " s WHERE NOT EXISTS (SELECT FROM "
        + now
        + " n WHERE n::text = s::text)";
  }
}
