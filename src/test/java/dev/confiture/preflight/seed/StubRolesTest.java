package dev.confiture.preflight.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The roles that a schema names are there, without rights of their own; no others are made. */
final class StubRolesTest {

  @RegisterExtension static final RestoreServer SERVER = RestoreServer.start();

  /** A statement, and the roles that its grammar names, in order. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ALTER TABLE t OWNER TO alice                                     | alice
          ALTER SCHEMA s OWNER TO "Alice B."                               | Alice B.
          ALTER TABLE t OWNER TO Alice                                     | alice
          ALTER FUNCTION f(owner integer) OWNER TO alice                   | alice
          ALTER TABLE t OWNER TO CURRENT_USER                              |
          ALTER TABLE t OWNER TO "current_user"                            | current_user
          ALTER TABLE t RENAME COLUMN owner TO holder                      |
          ALTER TABLE t RENAME owner TO holder                             |
          ALTER TABLE public.rename OWNER TO alice                         | alice
          CREATE SCHEMA s AUTHORIZATION alice                              | alice
          GRANT SELECT ON TABLE t TO alice, bob WITH GRANT OPTION          | alice,bob
          GRANT SELECT ON TABLE t TO GROUP alice                           | alice
          GRANT SELECT ON TABLE t TO PUBLIC                                |
          GRANT SELECT ON TABLE t TO pg_monitor                            |
          GRANT SELECT(a, "to") ON TABLE t TO alice                        | alice
          GRANT SELECT ON TABLE t TO alice GRANTED BY bob                  | alice,bob
          GRANT EXECUTE ON FUNCTION f("to" integer) TO alice               | alice
          REVOKE ALL ON SCHEMA public FROM alice                           | alice
          REVOKE GRANT OPTION FOR SELECT ON TABLE t FROM alice CASCADE     | alice
          GRANT alice TO bob WITH ADMIN OPTION GRANTED BY carol            | alice,bob,carol
          GRANT pg_monitor TO alice                                        | alice
          REVOKE alice FROM bob                                            | alice,bob
          CREATE POLICY p ON t TO alice, bob USING (a > interval '1' year to month) | alice,bob
          CREATE POLICY p ON t USING (a = INTERVAL '1' YEAR TO MONTH)      |
          ALTER POLICY p ON t TO alice                                     | alice
          ALTER DEFAULT PRIVILEGES FOR ROLE alice, bob GRANT SELECT ON TABLES TO carol | alice,bob,carol
          ALTER DEFAULT PRIVILEGES IN SCHEMA s REVOKE ALL ON FUNCTIONS FROM PUBLIC |
          ALTER DEFAULT PRIVILEGES FOR USER alice REVOKE GRANT OPTION FOR ALL ON TABLES FROM bob | alice,bob
          CREATE ROLE alice SUPERUSER LOGIN PASSWORD 'secret'              | alice
          CREATE USER alice IN ROLE bob                                    | alice
          CREATE USER MAPPING FOR alice SERVER s                           |
          ALTER ROLE alice SET search_path = 'x'                           | alice
          ALTER ROLE ALL SET search_path = 'x'                             |
          ALTER GROUP alice ADD USER bob                                   | alice,bob
          SET SESSION AUTHORIZATION 'Alice'                                | Alice
          SET SESSION AUTHORIZATION DEFAULT                                |
          SET LOCAL ROLE alice                                             | alice
          SET ROLE NONE                                                    |
          COMMENT ON TABLE t IS 'OWNER TO alice'                           |
          CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$GRANT x TO y$$ |
          /* GRANT x TO y */ SELECT 1 -- OWNER TO alice                    |
          """)
  void rolesAreReadFromTheGrammar(String statement, @Nullable String roles) {
    assertEquals(
        roles == null ? List.of() : List.of(roles.split(",", -1)),
        List.copyOf(NamedRoles.of(RestoreServer.schema(statement).script())));
  }

  @Test
  void ourDatabaseGetsOwnerAndRightsOfTheFilesOwn() {
    Restored restored =
        SERVER.restore(
            """
            CREATE DATABASE "Shop" WITH TEMPLATE = template0;
            ALTER DATABASE "Shop" OWNER TO dba;
            ALTER DATABASE another OWNER TO stranger;
            CREATE TABLE t (id int);
            REVOKE CONNECT, TEMPORARY ON DATABASE "Shop" FROM PUBLIC;
            GRANT CREATE, CONNECT ON DATABASE "Shop" TO app WITH GRANT OPTION;
            GRANT ALL ON DATABASE another TO stranger;
            """);
    restored.assertNoGap();
    assertEquals(
        "dba {dba=CTc/dba,app=C*c*/dba}",
        restored.askOne(
            "SELECT pg_get_userbyid(datdba) || ' ' || datacl::text FROM pg_database"
                + " WHERE datname = current_database()"));
  }

  @Test
  void missingRolesAreMadeWithAttributesThatStayInTheDatabase() {
    Restored restored =
        SERVER.restore(
            """
            CREATE ROLE admin SUPERUSER CREATEDB CREATEROLE REPLICATION BYPASSRLS LOGIN
                PASSWORD 'secret' CONNECTION LIMIT 3 VALID UNTIL '2030-01-01';
            CREATE TABLE t (id int);
            ALTER TABLE t OWNER TO "The Owner";
            GRANT SELECT ON t TO reader;
            """);
    restored.assertNoGap();
    assertEquals(List.of("The Owner", "admin", "reader"), restored.seeded().stubRoles());
    assertEquals(
        List.of(
            "The Owner|f|f|f|f|f|f|-1|NULL|NULL",
            "admin|f|f|t|f|f|t|-1|NULL|NULL",
            "reader|f|f|f|f|f|f|-1|NULL|NULL"),
        restored.ask(
            "SELECT rolname, rolcanlogin, rolsuper, rolcreatedb, rolcreaterole, rolreplication,"
                + " rolbypassrls, rolconnlimit, rolpassword, rolvaliduntil FROM pg_authid"
                + " WHERE rolname IN ('admin', 'reader', 'The Owner')"
                + " ORDER BY rolname COLLATE \"C\""));
    assertEquals(
        "\"The Owner\"|t",
        restored.askOne(
            "SELECT relowner::regrole, has_table_privilege('reader', oid, 'SELECT')"
                + " FROM pg_class WHERE oid = 't'::regclass"));
  }

  @Test
  void roleThatIsThereStaysAsItIs() {
    SERVER.run("CREATE ROLE present CREATEDB LOGIN CONNECTION LIMIT 7");
    SERVER.run("ALTER ROLE present SET work_mem = '7MB'");
    Restored restored =
        SERVER.restore(
            """
            CREATE ROLE present SUPERUSER;
            ALTER ROLE present WITH NOLOGIN NOCREATEDB PASSWORD 'x';
            ALTER ROLE present SET work_mem = '9MB';
            ALTER USER present RESET ALL;
            CREATE ROLE absent;
            GRANT pg_monitor TO present;
            GRANT pg_monitor TO absent, present;
            GRANT absent, pg_monitor TO present, absent;
            GRANT absent TO present;
            CREATE TABLE t (id int);
            ALTER TABLE t OWNER TO present;
            DROP ROLE present;
            """);
    restored.assertNoGap();
    assertEquals(List.of("absent"), restored.seeded().stubRoles());
    assertEquals(
        "f|t|t|7|{work_mem=7MB}",
        restored.askOne(
            "SELECT rolsuper, rolcreatedb, rolcanlogin, rolconnlimit, rolconfig FROM pg_roles"
                + " WHERE rolname = 'present'"));
    assertEquals(
        List.of(),
        restored.ask(
            "SELECT roleid::regrole FROM pg_auth_members" + " WHERE member = 'present'::regrole"));
    assertEquals(
        "present", restored.askOne("SELECT relowner::regrole FROM pg_class WHERE relname = 't'"));
    assertEquals(
        List.of(
            "settings of roles that were here before are left out",
            "memberships of roles that were here before are left out"),
        restored.seeded().notes());
  }

  /** The role that restores is no member of it, and the file goes by owners. */
  @Test
  void whatBelongsToARoleThatIsThereIsFilledAllTheSame() {
    SERVER.run("CREATE ROLE present");
    Restored restored =
        SERVER.restore(
            """
            CREATE SCHEMA s;
            ALTER SCHEMA s OWNER TO present;
            DO $$ BEGIN END $$;
            CREATE TABLE s.t (id int);
            ALTER TABLE s.t OWNER TO present;
            CREATE INDEX ON s.t (id);
            """);
    restored.assertNoGap();
    assertEquals(
        "present|present",
        restored.askOne(
            "SELECT relowner::regrole, (SELECT nspowner::regrole FROM pg_namespace"
                + " WHERE nspname = 's') FROM pg_class WHERE relname = 't'"));
  }

  @Test
  void defaultPrivilegesHoldForWhatFollows() {
    Restored restored =
        SERVER.restore(
            """
            ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO reader;
            CREATE TABLE t (id int);
            ALTER DEFAULT PRIVILEGES FOR ROLE boss GRANT SELECT ON TABLES TO reader;
            """);
    restored.assertNoGap();
    assertEquals("t", restored.askOne("SELECT has_table_privilege('reader', 't', 'SELECT')"));
    assertEquals(
        "boss",
        restored.askOne("SELECT string_agg(defaclrole::regrole::text, ',') FROM pg_default_acl"));
  }

  @Test
  void stubsHaveTheirMembershipsAndSettings() {
    Restored restored =
        SERVER.restore(
            """
            CREATE TABLE t (id int);
            GRANT team TO member WITH ADMIN OPTION GRANTED BY boss;
            GRANT pg_monitor, team TO leader, "the to";
            ALTER ROLE member SET statement_timeout = '9s';
            ALTER ROLE member IN DATABASE shop SET lock_timeout = '5s';
            """);
    restored.assertNoGap();
    assertEquals(
        List.of("team|\"the to\"|f", "team|leader|f", "team|member|t"),
        restored.ask(
            "SELECT roleid::regrole, member::regrole, admin_option FROM pg_auth_members"
                + " WHERE member::regrole::text NOT LIKE 'pg\\_%'"
                + " ORDER BY roleid::regrole::text COLLATE \"C\","
                + " member::regrole::text COLLATE \"C\""));
    assertEquals(
        List.of("f|{statement_timeout=9s}", "t|{lock_timeout=5s}"),
        restored.ask(
            "SELECT setdatabase = (SELECT oid FROM pg_database"
                + " WHERE datname = current_database()), setconfig FROM pg_db_role_setting"
                + " WHERE setrole = 'member'::regrole ORDER BY 1"));
  }

  /**
   * Event triggers and wrappers can only be a superuser's, so they stay with the one who restored.
   */
  @Test
  void stubsOwnWhatNeedsNoSuperuser() {
    Restored restored =
        SERVER.restore(
            """
            CREATE TABLE t (id int);
            CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
            CREATE EVENT TRIGGER noted ON sql_drop EXECUTE FUNCTION note();
            ALTER EVENT TRIGGER noted OWNER TO boss;
            ALTER EVENT TRIGGER noted DISABLE;
            CREATE FOREIGN DATA WRAPPER away;
            ALTER FOREIGN DATA WRAPPER away OWNER TO boss;
            ALTER FOREIGN DATA WRAPPER away OPTIONS (ADD debug 'on');
            CREATE SERVER far FOREIGN DATA WRAPPER away;
            ALTER SERVER far OWNER TO boss;
            CREATE PUBLICATION news FOR ALL TABLES;
            ALTER PUBLICATION news OWNER TO boss;
            """);
    restored.assertNoGap();
    assertEquals(
        "preflight_test|D",
        restored.askOne("SELECT evtowner::regrole, evtenabled FROM pg_event_trigger"));
    assertEquals(
        "preflight_test|{debug=on}",
        restored.askOne("SELECT fdwowner::regrole, fdwoptions FROM pg_foreign_data_wrapper"));
    assertEquals("boss", restored.askOne("SELECT srvowner::regrole FROM pg_foreign_server"));
    assertEquals("boss", restored.askOne("SELECT pubowner::regrole FROM pg_publication"));
  }
}
