package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Lists the objects of a database that somebody has made, each with its type and its identity in
 * SQL (https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-OBJECT).
 *
 * <p>Without event triggers, foreign data wrappers, subscriptions, the members of extensions, and
 * what follows its table: sequences of columns, row types, arrays.
 */
final class UserObjects {

  /**
   * From the catalogs themselves: pg_shdepend knows nothing of what the server's first superuser
   * owns (https://www.postgresql.org/docs/current/catalog-pg-shdepend.html). Objects of initdb have
   * numbers below 16384.
   */
  private static final String QUERY =
      """
      WITH owned (class, number, owner) AS (
        SELECT 'pg_class'::regclass, oid, relowner FROM pg_class
          WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
        UNION ALL SELECT 'pg_type'::regclass, t.oid, t.typowner FROM pg_type t
          WHERE t.typtype <> 'm'
          AND (t.typtype <> 'c' OR (SELECT relkind FROM pg_class c WHERE c.oid = t.typrelid) = 'c')
          AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid)
        UNION ALL SELECT 'pg_proc'::regclass, oid, proowner FROM pg_proc
        UNION ALL SELECT 'pg_namespace'::regclass, oid, nspowner FROM pg_namespace
          WHERE nspname !~ '^pg_'
        UNION ALL SELECT 'pg_operator'::regclass, oid, oprowner FROM pg_operator
        UNION ALL SELECT 'pg_opclass'::regclass, oid, opcowner FROM pg_opclass
        UNION ALL SELECT 'pg_opfamily'::regclass, oid, opfowner FROM pg_opfamily
        UNION ALL SELECT 'pg_collation'::regclass, oid, collowner FROM pg_collation
        UNION ALL SELECT 'pg_conversion'::regclass, oid, conowner FROM pg_conversion
        UNION ALL SELECT 'pg_language'::regclass, oid, lanowner FROM pg_language
        UNION ALL SELECT 'pg_ts_dict'::regclass, oid, dictowner FROM pg_ts_dict
        UNION ALL SELECT 'pg_ts_config'::regclass, oid, cfgowner FROM pg_ts_config
        UNION ALL SELECT 'pg_statistic_ext'::regclass, oid, stxowner FROM pg_statistic_ext
        UNION ALL SELECT 'pg_foreign_server'::regclass, oid, srvowner FROM pg_foreign_server
        UNION ALL SELECT 'pg_publication'::regclass, oid, pubowner FROM pg_publication
        UNION ALL SELECT 'pg_largeobject'::regclass, oid, lomowner FROM pg_largeobject_metadata)
      SELECT o.type, o.identity FROM owned
      CROSS JOIN LATERAL pg_identify_object(class, number, 0) o
      WHERE WHOSE AND (number >= 16384 OR class = 'pg_largeobject'::regclass)
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = class AND d.objid = number
        AND (d.deptype = 'e' OR o.type = 'sequence' AND d.deptype IN ('a', 'i')
          AND d.refclassid = 'pg_class'::regclass))
      ORDER BY o.type, o.identity
      """;

  private UserObjects() {}

  /** Returns the query for those of some roles. */
  static String ofOwners(List<String> roles) {
    return QUERY.replace(
        "WHOSE",
        roles.stream()
            .map(role -> Identifiers.literal(Identifiers.quote(role)) + "::regrole")
            .collect(Collectors.joining(", ", "owner IN (", ")")));
  }

  /** Returns the query for those of anybody. */
  static String ofAnybody() {
    return QUERY.replace("WHOSE", "true");
  }

  /** Returns the words for an object of this type in ALTER and DROP. */
  static String keyword(String type) {
    return switch (type) {
      case "statistics object" -> "STATISTICS";
      case "composite type" -> "TYPE";
      default -> type.toUpperCase(Locale.ROOT);
    };
  }
}
