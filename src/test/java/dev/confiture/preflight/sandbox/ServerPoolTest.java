package dev.confiture.preflight.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.session.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that come back and are lent again. */
final class ServerPoolTest {

  private static final String ALL = "dev.confiture.preflight.sandbox.Servers#all";

  @ParameterizedTest
  @MethodSource(ALL)
  void isAsNewForTheNextBorrower(ServerBinaries binaries) {
    ServerPool pool = new ServerPool();
    Path folder;
    try (Sandbox server = pool.lend(binaries)) {
      folder = server.folder().orElseThrow();
      try (Session template = server.openTemplate(Isolation.CLONE)) {
        String database = template.query("SELECT current_database()").getFirst().text(0);
        template.run(
            "CREATE ROLE app; CREATE ROLE \"Of app\" IN ROLE app; CREATE TABLE public.t (id int);"
                + " ALTER TABLE public.t OWNER TO app; ALTER ROLE app SET search_path = app,"
                + " public; ALTER DATABASE "
                + database
                + " SET work_mem = '1MB'; COMMENT ON ROLE app IS 'app'; GRANT CREATE ON DATABASE "
                + database
                + " TO \"Of app\"");
        template.run("CREATE DATABASE other OWNER app IS_TEMPLATE true");
      }
      server
          .prepare(Isolation.CLONE, RoleChoice.of(Optional.of("app"), Optional.empty()), Map.of())
          .openMigrating()
          .run("CREATE TABLE public.u (id int)");
    }
    try (Sandbox server = pool.lend(binaries)) {
      assertEquals(Optional.of(folder), server.folder());
      try (Session session = Session.open(server.administrator())) {
        assertEquals(
            "3|2|0",
            session
                .query(
                    "SELECT concat_ws('|', (SELECT count(*) FROM pg_database),"
                        + " (SELECT count(*) FROM pg_authid WHERE rolname !~ '^pg_'),"
                        + " (SELECT count(*) FROM pg_db_role_setting))")
                .getFirst()
                .text(0));
      }
    }
    pool.close();
    assertFalse(Files.exists(folder));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void whatCannotBePutBackEndsWithItsBorrower(ServerBinaries binaries) {
    try (ServerPool pool = new ServerPool()) {
      for (String change :
          new String[] {
            "ALTER SYSTEM SET work_mem = '1MB'",
            "ALTER ROLE CURRENT_USER SET work_mem = '1MB'",
            "GRANT pg_monitor TO CURRENT_USER",
            "CREATE TABLE t (id int)",
            "REVOKE CONNECT ON DATABASE template1 FROM PUBLIC"
          }) {
        Path folder;
        try (Sandbox server = pool.lend(binaries)) {
          folder = server.folder().orElseThrow();
          try (Session session = Session.open(server.administrator())) {
            session.run(change);
          }
        }
        assertFalse(Files.exists(folder), change);
      }
      assertTrue(pool.isEmpty());
    }
  }
}
