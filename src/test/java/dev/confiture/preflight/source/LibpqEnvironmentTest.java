package dev.confiture.preflight.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.postgres.ConnectionString;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A connection string as libpq's variables. */
final class LibpqEnvironmentTest {

  @Test
  void hostsPortsAndTlsAreCarried() {
    assertEquals(
        Map.of(
            "PGHOST", "a,::1",
            "PGPORT", "5433,5432",
            "PGDATABASE", "orders",
            "PGUSER", "app",
            "PGAPPNAME", "preflight",
            "PGCONNECT_TIMEOUT", "3",
            "PGSSLMODE", "verify-full",
            "PGSSLROOTCERT", "/ca.pem"),
        LibpqEnvironment.of(
            ConnectionString.parse(
                "postgresql://app:secret@a:5433,[::1]/orders?sslmode=verify-full"
                    + "&sslrootcert=/ca.pem&connect_timeout=3")));
  }

  @Test
  void colonsAndBackslashesOfAPasswordAreEscaped() {
    assertEquals("*:*:*:*:a\\:b\\\\c\n", LibpqEnvironment.PasswordFile.line("a:b\\c"));
  }
}
