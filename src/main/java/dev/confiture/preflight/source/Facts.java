package dev.confiture.preflight.source;

import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.ServerVersion;
import dev.confiture.preflight.postgres.Undumped;
import dev.confiture.preflight.postgres.Undumped.InvalidIndex;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The facts of production's catalog that a schema dump leaves out, read in one snapshot with it
 * where the server allows that.
 *
 * @param database the database's name
 * @param owner the role that the database belongs to
 * @param rights the rights on the database itself, one by one; empty for PostgreSQL's defaults
 * @param readAt when the reading began
 * @param extensions the version of each extension, by its name
 * @param dependents the users' objects that need an object of an extension, by its name
 * @param roles all roles but PostgreSQL's own
 * @param tables the users' tables with the planner's estimates of their sizes
 * @param undumped what pg_dump leaves out of the schema itself
 */
public record Facts(
    ServerVersion version,
    String database,
    String owner,
    Optional<List<Right>> rights,
    Instant readAt,
    Map<String, String> extensions,
    Map<String, List<String>> dependents,
    List<Role> roles,
    List<Membership> memberships,
    List<Setting> settings,
    List<Table> tables,
    Undumped undumped) {

  public Facts {
    rights = rights.map(List::copyOf);
    extensions = Map.copyOf(extensions);
    dependents = Map.copyOf(dependents);
    roles = List.copyOf(roles);
    memberships = List.copyOf(memberships);
    settings = List.copyOf(settings);
    tables = List.copyOf(tables);
  }

  /**
   * A role; its password is never read.
   *
   * @param attributes as {@code CREATE ROLE} writes them
   */
  public record Role(String name, List<String> attributes) {
    public Role {
      attributes = List.copyOf(attributes);
    }
  }

  /**
   * A right on the database.
   *
   * @param role the role that has it; empty for PUBLIC
   */
  public record Right(String privilege, Optional<String> role, boolean grantable) {}

  /** The membership of one role in another. */
  public record Membership(String role, String member) {}

  /**
   * A setting of {@code ALTER ROLE … SET} or {@code ALTER DATABASE … SET}.
   *
   * @param role the role whose sessions begin with it; empty for everybody's
   * @param ofDatabase true if it holds in this database only
   */
  public record Setting(Optional<String> role, boolean ofDatabase, String name, String value) {}

  /**
   * A table.
   *
   * @param rows {@code pg_class.reltuples}, an estimate; empty where the server never counted
   * @param pages {@code pg_class.relpages}, an estimate of its 8 kB pages
   */
  public record Table(QualifiedName name, String owner, OptionalLong rows, long pages) {}

  /** Reads facts from the catalog, where every user may read them; never a password. */
  static final class Reader {

    private static final List<String> ATTRIBUTES =
        List.of(
            "SUPERUSER", "INHERIT", "CREATEROLE", "CREATEDB", "LOGIN", "REPLICATION", "BYPASSRLS");

    private final Session session;

    Reader(Session session) {
      this.session = session;
    }

    Facts read(Instant readAt) {
      Row database =
          session
              .query(
                  "SELECT datname, pg_catalog.pg_get_userbyid(datdba), datacl IS NOT NULL FROM"
                      + " pg_catalog.pg_database WHERE datname = pg_catalog.current_database()")
              .getFirst();
      return new Facts(
          session.serverVersion(),
          database.text(0),
          database.text(1),
          Optional.of(rights()).filter(_ -> database.isTrue(2)),
          readAt,
          extensions(),
          dependents(),
          roles(),
          memberships(),
          settings(),
          tables(),
          new Undumped(unpopulated(), invalidIndexes()));
    }

    private List<Facts.Right> rights() {
      return session
          .query(
              "SELECT a.privilege_type, CASE WHEN a.grantee <> 0 THEN"
                  + " pg_catalog.pg_get_userbyid(a.grantee) END, a.is_grantable"
                  + " FROM pg_catalog.pg_database d"
                  + " CROSS JOIN LATERAL pg_catalog.aclexplode(d.datacl) a"
                  + " WHERE d.datname = pg_catalog.current_database() ORDER BY 2, 1")
          .stream()
          .map(row -> new Facts.Right(row.text(0), row.optional(1), row.isTrue(2)))
          .toList();
    }

    private Map<String, String> extensions() {
      Map<String, String> versions = new LinkedHashMap<>();
      session
          .query("SELECT extname, extversion FROM pg_catalog.pg_extension ORDER BY extname")
          .forEach(row -> versions.put(row.text(0), row.text(1)));
      return versions;
    }

    /**
     * Returns the users' objects that depend on an object of an extension, each as {@code table
     * column public.places.spot}, by the extension's name.
     */
    private Map<String, List<String>> dependents() {
      return session
          .query(
              "WITH part (extension, class, object) AS (SELECT refobjid, classid, objid FROM"
                  + " pg_catalog.pg_depend WHERE deptype = 'e' UNION ALL SELECT oid, tableoid, oid"
                  + " FROM pg_catalog.pg_extension) SELECT DISTINCT e.extname, i.type, i.identity"
                  + " FROM pg_catalog.pg_extension e JOIN part p ON p.extension = e.oid"
                  + " JOIN pg_catalog.pg_depend d ON d.refclassid = p.class"
                  + " AND d.refobjid = p.object AND d.deptype IN ('n', 'a')"
                  // A view depends through its rule.
                  + " LEFT JOIN pg_catalog.pg_rewrite r ON r.tableoid = d.classid AND r.oid = d.objid"
                  + " LEFT JOIN pg_catalog.pg_class v ON v.oid = r.ev_class"
                  + " CROSS JOIN LATERAL pg_catalog.pg_identify_object("
                  + "coalesce(v.tableoid, d.classid), coalesce(v.oid, d.objid), d.objsubid) i"
                  // Another extension depends as a whole, by its own entry.
                  + " WHERE NOT EXISTS (SELECT FROM part o WHERE o.class = d.classid"
                  + " AND o.object = d.objid AND o.object <> o.extension)"
                  + " AND d.classid NOT IN ('pg_catalog.pg_amop'::pg_catalog.regclass,"
                  + " 'pg_catalog.pg_amproc'::pg_catalog.regclass)"
                  + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint c"
                  + " WHERE c.tableoid = d.classid AND c.oid = d.objid AND c.contypid <> 0)"
                  + " ORDER BY 1, 2, 3")
          .stream()
          .collect(
              Collectors.groupingBy(
                  row -> row.text(0),
                  Collectors.mapping(row -> row.text(1) + " " + row.text(2), Collectors.toList())));
    }

    private List<Facts.Role> roles() {
      return session
          .query(
              "SELECT rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin,"
                  + " rolreplication, rolbypassrls FROM pg_catalog.pg_roles"
                  + " WHERE rolname !~ '^pg_' ORDER BY rolname")
          .stream()
          .map(row -> new Facts.Role(row.text(0), attributes(row)))
          .toList();
    }

    private static List<String> attributes(Row row) {
      List<String> words = new ArrayList<>();
      for (int i = 0; i < ATTRIBUTES.size(); i++) {
        words.add((row.isTrue(i + 1) ? "" : "NO") + ATTRIBUTES.get(i));
      }
      return words;
    }

    /** Leaves out the roles for the server's files and programs, which no stub role may have. */
    private List<Facts.Membership> memberships() {
      return session
          .query(
              "SELECT DISTINCT r.rolname, m.rolname FROM pg_catalog.pg_auth_members a"
                  + " JOIN pg_catalog.pg_roles r ON r.oid = a.roleid"
                  + " JOIN pg_catalog.pg_roles m ON m.oid = a.member"
                  + " WHERE m.rolname !~ '^pg_' AND r.rolname NOT IN ('pg_execute_server_program',"
                  + " 'pg_read_server_files', 'pg_write_server_files') ORDER BY 1, 2")
          .stream()
          .map(row -> new Facts.Membership(row.text(0), row.text(1)))
          .toList();
    }

    private List<Facts.Setting> settings() {
      return session
          .query(
              "SELECT r.rolname, s.setdatabase <> 0,"
                  + " pg_catalog.split_part(c.line, '=', 1),"
                  + " pg_catalog.substr(c.line, pg_catalog.strpos(c.line, '=') + 1)"
                  + " FROM pg_catalog.pg_db_role_setting s"
                  + " LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole"
                  + " LEFT JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase"
                  + " CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) AS c (line)"
                  + " WHERE (s.setdatabase = 0 OR d.datname = pg_catalog.current_database())"
                  + " AND (s.setrole = 0 OR r.rolname !~ '^pg_') ORDER BY 1, 2, 3")
          .stream()
          .map(row -> new Facts.Setting(row.optional(0), row.isTrue(1), row.text(2), row.text(3)))
          .toList();
    }

    private List<QualifiedName> unpopulated() {
      return session
          .query(
              "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c"
                  + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                  + " WHERE c.relkind = 'm' AND NOT c.relispopulated ORDER BY 1, 2")
          .stream()
          .map(row -> QualifiedName.of(row.text(0), row.text(1)))
          .toList();
    }

    /** Reads the indexes that pg_dump leaves out, by its own condition. */
    private List<InvalidIndex> invalidIndexes() {
      return session
          .query(
              "SELECT n.nspname, c.relname, tn.nspname, t.relname,"
                  + " pg_catalog.pg_get_indexdef(i.indexrelid), i.indisready, i.indislive"
                  + " FROM pg_catalog.pg_index i"
                  + " JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid"
                  + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                  + " JOIN pg_catalog.pg_class t ON t.oid = i.indrelid"
                  + " JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace"
                  + " WHERE NOT (i.indisvalid AND i.indisready) AND t.relkind IN ('r', 'm')"
                  + " AND t.relpersistence <> 't' AND tn.nspname !~ '^pg_' ORDER BY 1, 2")
          .stream()
          .map(
              row ->
                  new InvalidIndex(
                      QualifiedName.of(row.text(0), row.text(1)),
                      QualifiedName.of(row.text(2), row.text(3)),
                      row.text(4),
                      row.isTrue(5),
                      row.isTrue(6)))
          .toList();
    }

    private List<Facts.Table> tables() {
      return session
          .query(
              "SELECT n.nspname, c.relname, pg_catalog.pg_get_userbyid(c.relowner),"
                  + " c.reltuples::pg_catalog.int8, c.relpages FROM pg_catalog.pg_class c"
                  + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                  + " WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_'"
                  + " AND n.nspname <> 'information_schema' ORDER BY 1, 2")
          .stream()
          .map(
              row ->
                  new Facts.Table(
                      QualifiedName.of(row.text(0), row.text(1)),
                      row.text(2),
                      rows(Long.parseLong(row.text(3))),
                      Long.parseLong(row.text(4))))
          .toList();
    }

    /** Returns a row count, empty for -1: from PostgreSQL 14 on, a table that was never counted. */
    private static OptionalLong rows(long estimate) {
      return estimate < 0 ? OptionalLong.empty() : OptionalLong.of(estimate);
    }
  }
}
