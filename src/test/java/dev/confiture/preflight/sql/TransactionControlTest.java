package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TransactionControlTest {

  @ParameterizedTest
  @CsvSource({
    "BEGIN, BEGIN",
    "begin work isolation level serializable, BEGIN",
    "START TRANSACTION READ ONLY, BEGIN",
    "COMMIT, COMMIT",
    "COMMIT WORK AND CHAIN, COMMIT",
    "END TRANSACTION, COMMIT",
    "ROLLBACK, ROLLBACK",
    "ROLLBACK TRANSACTION AND NO CHAIN, ROLLBACK",
    "ABORT, ROLLBACK",
    "SAVEPOINT a, SAVEPOINT",
    "RELEASE a, RELEASE",
    "RELEASE SAVEPOINT a, RELEASE",
    "ROLLBACK TO a, ROLLBACK_TO",
    "ROLLBACK WORK TO SAVEPOINT a, ROLLBACK_TO",
    "rollback transaction to a, ROLLBACK_TO",
    "PREPARE TRANSACTION 'a', PREPARE_TRANSACTION",
    "COMMIT PREPARED 'a', COMMIT_PREPARED",
    "ROLLBACK PREPARED 'a', ROLLBACK_PREPARED"
  })
  void leadingKeywordsTell(String sql, TransactionControl control) {
    assertEquals(Optional.of(control), TransactionControl.of(Sql.statement(sql)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PREPARE a AS SELECT 1",
        "PREPARE begin AS SELECT 1",
        "SET TRANSACTION READ ONLY",
        "SELECT 'COMMIT'",
        "SELECT 1 AS commit",
        "\"begin\"",
        "START",
        "DO $$BEGIN COMMIT; END$$",
        "CREATE PROCEDURE p() LANGUAGE sql BEGIN ATOMIC END"
      })
  void otherStatementsControlNoTransaction(String sql) {
    assertEquals(Optional.empty(), TransactionControl.of(Sql.statement(sql)));
  }

  @Test
  void onlyThreeEndTheTransactionThatIsOpen() {
    assertEquals(
        EnumSet.of(
            TransactionControl.COMMIT,
            TransactionControl.ROLLBACK,
            TransactionControl.PREPARE_TRANSACTION),
        those(TransactionControl::endsTransaction));
  }

  @Test
  void boundariesAreThoseAndBegin() {
    assertEquals(Set.of(TransactionControl.BEGIN), those(TransactionControl::startsTransaction));
    assertEquals(
        EnumSet.of(
            TransactionControl.BEGIN,
            TransactionControl.COMMIT,
            TransactionControl.ROLLBACK,
            TransactionControl.PREPARE_TRANSACTION),
        those(TransactionControl::isBoundary));
  }

  private static Set<TransactionControl> those(Predicate<TransactionControl> are) {
    return Stream.of(TransactionControl.values()).filter(are).collect(Collectors.toSet());
  }
}
