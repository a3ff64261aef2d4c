package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.session.Session;
import java.util.List;

/**
 * Puts back what a schema file gave away of PostgreSQL's own objects: functions that read and write
 * the server's files, catalogs with passwords, the schema whose operators the engine's own
 * questions use.
 *
 * <p>What a schema takes away there stays taken; the schema public is the database's own.
 */
final class SystemObjects {

  /**
   * Each catalog whose objects have an owner, with that column; the owner is initdb's superuser.
   */
  private static final List<String> OWNERS =
      List.of(
          "pg_class SET relowner",
          "pg_collation SET collowner",
          "pg_conversion SET conowner",
          "pg_language SET lanowner",
          "pg_namespace SET nspowner",
          "pg_opclass SET opcowner",
          "pg_operator SET oprowner",
          "pg_opfamily SET opfowner",
          "pg_proc SET proowner",
          "pg_ts_config SET cfgowner",
          "pg_ts_dict SET dictowner",
          "pg_type SET typowner");

  /** The number of the schema public (pg_namespace.dat). */
  private static final String PUBLIC = "2200";

  /** The number of the schema pg_catalog. */
  private static final String CATALOG = "'11'::pg_catalog.oid";

  /** The rights that initdb gave. */
  private static final String INITIAL =
      "(SELECT i.initprivs FROM pg_catalog.pg_init_privs i WHERE i.privtype = 'i'"
          + " AND i.classoid = 'pg_catalog.CLASS'::pg_catalog.regclass AND i.objoid = t.OBJECT"
          + " AND i.objsubid = SUB)";

  private SystemObjects() {}

  /** Puts them back, on a superuser's session in the database. */
  static void putBack(Session superuser) {
    for (String owner : OWNERS) {
      String column = owner.substring(owner.lastIndexOf(' ') + 1);
      superuser.run(
          "UPDATE pg_catalog."
              + owner
              + " = 10 WHERE oid < '16384'::pg_catalog.oid AND "
              + column
              + " <> '10'::pg_catalog.oid"
              + (column.equals("nspowner") ? " AND oid <> '" + PUBLIC + "'::pg_catalog.oid" : ""));
    }
    // Functions that initdb keeps from the public: files and programs of the server among them.
    superuser.run(
        "UPDATE pg_catalog.pg_proc p SET proacl = i.initprivs FROM pg_catalog.pg_init_privs i"
            + " WHERE i.classoid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND i.objoid = p.oid"
            + " AND i.privtype = 'i' AND p.proacl IS DISTINCT FROM i.initprivs");
    takeBack(superuser, "pg_class", "relacl", "pg_class", "oid", "0");
    takeBack(superuser, "pg_attribute", "attacl", "pg_class", "attrelid", "t.attnum");
    takeBack(superuser, "pg_namespace", "nspacl", "pg_namespace", "oid", "0");
    // The default for a type of PostgreSQL's is called wherever its values are sorted.
    superuser.run(
        "UPDATE pg_catalog.pg_opclass o SET opcdefault = false"
            + " WHERE o.oid >= '16384'::pg_catalog.oid AND o.opcdefault"
            + " AND o.opcintype < '16384'::pg_catalog.oid AND NOT EXISTS (SELECT"
            + " FROM pg_catalog.pg_depend d WHERE d.objid = o.oid AND d.deptype = 'e'"
            + " AND d.classid = 'pg_catalog.pg_opclass'::pg_catalog.regclass)");
  }

  /** Puts back the rights on what got a right that it had not at first. */
  private static void takeBack(
      Session superuser,
      String catalog,
      String rights,
      String classOfObject,
      String object,
      String sub) {
    String initial =
        INITIAL.replace("CLASS", classOfObject).replace("OBJECT", object).replace("SUB", sub);
    superuser.run(
        "UPDATE pg_catalog."
            + catalog
            + " t SET "
            + rights
            + " = "
            + initial
            + " WHERE t."
            + object
            + " < '16384'::pg_catalog.oid AND t."
            + rights
            + " IS NOT NULL"
            + " AND t."
            + object
            + (catalog.equals("pg_namespace")
                ? " = " + CATALOG
                // Those of the information schema are given after the first rights are noted.
                : " IN (SELECT c.oid FROM pg_catalog.pg_class c WHERE c.relnamespace = "
                    + CATALOG
                    + ")")
            + " AND EXISTS (SELECT FROM pg_catalog.unnest(t."
            + rights
            + ") a WHERE ("
            + initial
            + " @> a) IS NOT TRUE)");
  }
}
