package dev.confiture.preflight.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which statement it is for which the tool's own record is refused. */
final class LedgerCauseTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "42P01|SET search_path TO app; SET lock_timeout = 5|SET search_path TO app",
        "42P01|SET LOCAL search_path = app|SET LOCAL search_path = app",
        "42P01|SET SCHEMA 'app'|SET SCHEMA 'app'",
        "42P01|SELECT set_config('search_path', '', false)|"
            + "SELECT set_config('search_path', '', false)",
        "42P01|SELECT set_config('role', 'a', true)|",
        "25006|SET TRANSACTION READ ONLY|SET TRANSACTION READ ONLY",
        "25006|SET default_transaction_read_only = on|SET default_transaction_read_only = on",
        "42501|SET search_path TO a; SET ROLE a; SET search_path TO b|SET ROLE a",
        "42501|SET SESSION AUTHORIZATION a|SET SESSION AUTHORIZATION a",
        "42501|CREATE TABLE role (id int)|",
        "23505|SET lock_timeout = 5; SET LOCAL work_mem = 5|SET lock_timeout = 5"
      })
  void theLastOneThatSetsWhatIsInTheWay(String code, String text, String cause) {
    assertEquals(
        Optional.ofNullable(cause),
        LedgerCause.of(
                Script.of(SourceText.of(text)).statements(),
                ServerError.of(code, "refused", Optional.empty()))
            .map(Statement::text));
  }
}
