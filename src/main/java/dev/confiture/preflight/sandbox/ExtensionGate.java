package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A way for the migration role to create an extension that production's administrator would let it
 * have, without being a superuser for a moment.
 *
 * <p>A function owned by the superuser, in pg_catalog where no migration that walks over schemas
 * meets it. It takes only names of a list: extensions that reach neither files nor network and run
 * no code of the user's as superuser. Inside a transaction it is rolled back like the statement
 * itself.
 *
 * @param closed extensions of the list that the migration role cannot create by itself
 */
record ExtensionGate(Set<String> closed) {

  private static final String FUNCTION = "pg_catalog.preflight_create_extension";

  /**
   * Not dblink, postgres_fdw, file_fdw, adminpack, xml2, postgis_raster, or untrusted languages.
   */
  private static final List<String> ALLOWED =
      List.of(
          """
              address_standardizer address_standardizer_data_us age amcheck autoinc bloom
              dict_xsyn earthdistance h3 hll hypopg insert_username intagg ip4r jsquery
              moddatetime pageinspect pg_buffercache pg_freespacemap pg_hint_plan pg_ivm
              pg_partman pg_prewarm pg_repack pg_similarity pg_stat_statements pg_surgery
              pg_uuidv7 pg_visibility pg_walinspect pgaudit pgjwt pgrouting pgrowlocks
              pgstattuple pgtap postgis postgis_sfcgal postgis_topology prefix q3c refint rum
              semver sslinfo temporal_tables timescaledb topn vector vectorscale
              """
              .strip()
              .split("\\s+"));

  @SuppressWarnings("InlineFormatString") // the text is long: the method stays readable
  private static final String BODY =
      """
      DECLARE
        target text := wanted_schema;
      BEGIN
        IF NOT extension = ANY (ALLOWED) THEN
          RAISE insufficient_privilege USING
            MESSAGE = format('permission denied to create extension %I', extension),
            HINT = 'Must be superuser to create this extension.';
        END IF;
        IF EXISTS (SELECT FROM pg_event_trigger WHERE evtenabled IN ('A', 'R')) THEN
          RAISE insufficient_privilege USING
            MESSAGE = 'an event trigger that fires always would run as superuser';
        END IF;
        -- The caller's own search_path ends here, so its first schema comes as an argument; an
        -- extension that is bound to a schema takes none.
        IF target IS NULL AND NOT EXISTS (
            SELECT FROM pg_available_extension_versions v
            JOIN pg_available_extensions e ON e.name = v.name AND e.default_version = v.version
            WHERE v.name = extension AND v.schema IS NOT NULL) THEN
          target := callers_schema;
          IF target IS NULL THEN
            RAISE invalid_schema_name USING
              MESSAGE = 'no schema has been selected to create in';
          END IF;
        END IF;
        EXECUTE 'CREATE EXTENSION '
          || CASE WHEN if_not_exists THEN 'IF NOT EXISTS ' ELSE '' END
          || quote_ident(extension)
          || CASE WHEN target IS NULL THEN '' ELSE ' SCHEMA ' || quote_ident(target) END
          || CASE WHEN with_required THEN ' CASCADE' ELSE '' END;
      END
      """;

  ExtensionGate {
    closed = Set.copyOf(closed);
  }

  /** Makes the function, on a superuser's session in the database. */
  static void install(Session superuser, String migrationRole) {
    String names =
        ALLOWED.stream().map(Identifiers::literal).collect(Collectors.joining(", ", "ARRAY[", "]"));
    String signature = FUNCTION + "(text, boolean, text, text, boolean)";
    superuser.run(
        "CREATE OR REPLACE FUNCTION "
            + FUNCTION
            + "(extension text, if_not_exists boolean, wanted_schema text, callers_schema text,"
            + " with_required boolean) RETURNS void LANGUAGE plpgsql SECURITY DEFINER"
            + " SET search_path = pg_catalog, pg_temp SET session_replication_role = replica"
            + " AS "
            + Identifiers.literal(BODY.replace("ALLOWED", names))
            + "; REVOKE ALL ON FUNCTION "
            + signature
            + " FROM PUBLIC; GRANT EXECUTE ON FUNCTION "
            + signature
            + " TO "
            + Identifiers.quote(migrationRole));
  }

  /** Asks which extensions need the function, once it is there. */
  static ExtensionGate of(Session superuser) {
    Set<String> closed =
        superuser
            .query(
                "SELECT e.name FROM pg_available_extensions e"
                    + " JOIN pg_available_extension_versions v"
                    + " ON v.name = e.name AND v.version = e.default_version"
                    + " WHERE v.superuser AND NOT v.trusted AND NOT EXISTS (SELECT"
                    + " FROM pg_event_trigger WHERE evtenabled IN ('A', 'R'))")
            .stream()
            .map((Row row) -> row.text(0))
            .filter(ALLOWED::contains)
            .collect(Collectors.toSet());
    return new ExtensionGate(closed);
  }

  /** Returns the SQL to send in place of CREATE EXTENSION, where it needs one. */
  Optional<String> call(
      String extension, boolean ifNotExists, Optional<String> schema, boolean cascade) {
    if (!closed.contains(extension)) {
      return Optional.empty();
    }
    return Optional.of(
        "SELECT "
            + FUNCTION
            + "("
            + Identifiers.literal(extension)
            + ", "
            + ifNotExists
            + ", "
            + schema.map(Identifiers::literal).orElse("NULL")
            + ", pg_catalog.current_schema(), "
            + cascade
            + ")");
  }
}
