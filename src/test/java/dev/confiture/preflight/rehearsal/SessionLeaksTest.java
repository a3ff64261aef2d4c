package dev.confiture.preflight.rehearsal;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SessionLeaksTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SET search_path = app; SET SESSION Work_Mem TO '1MB' | search_path stays set; work_mem stays set",
        "SET LOCAL a.b = 1; SET TRANSACTION READ ONLY; SET CONSTRAINTS ALL DEFERRED | none",
        "SET TIME ZONE 'UTC' | timezone stays set",
        "SET SESSION AUTHORIZATION app | session authorization stays set",
        "SET ROLE app; RESET ROLE | none",
        "SET a.b = 1; RESET ALL | none",
        "SELECT set_config('app.user', 'x', false) | app.user stays set",
        "SELECT set_config('app.user', 'x', true) | none",
        "PREPARE p AS SELECT 1; PREPARE q AS SELECT 2; DEALLOCATE p | the prepared statement q stays",
        "PREPARE TRANSACTION 'x' | none",
        "CREATE TEMP TABLE IF NOT EXISTS t (id int) | the temporary table t stays",
        "CREATE TEMPORARY TABLE t (id int) ON COMMIT DROP | none",
        "CREATE TEMP TABLE t (id int); DROP TABLE IF EXISTS t | none",
        "SELECT pg_advisory_lock(1) | an advisory lock of the session stays held",
        "SELECT pg_advisory_xact_lock(1) | none",
        "SELECT pg_advisory_lock(1); SELECT pg_advisory_unlock(1) | none",
        "SET a.b = 1; DISCARD ALL | none",
      })
  void areReadFromTheWords(String sql, String expected) {
    String leaks =
        SessionLeaks.of(Script.of(SourceText.of(sql)).statements()).stream()
            .map(SessionLeaks.Leak::text)
            .collect(joining("; "));
    assertEquals(expected, leaks.isEmpty() ? "none" : leaks);
  }
}
