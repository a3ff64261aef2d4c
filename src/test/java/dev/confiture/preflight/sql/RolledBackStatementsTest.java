package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RolledBackStatementsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT 1; SELECT 2                                               | ",
        "BEGIN; SELECT 1; ROLLBACK; SELECT 2                              | 1",
        "BEGIN; SELECT 1; COMMIT; BEGIN; SELECT 2; ABORT                  | 4",
        "START TRANSACTION; SELECT 1; ROLLBACK AND CHAIN; SELECT 2; COMMIT | 1",
        "BEGIN; SELECT 1; COMMIT AND CHAIN; SELECT 2; ROLLBACK            | 3",
        "BEGIN; SELECT 1; COMMIT AND NO CHAIN; SELECT 2; ROLLBACK         | ",
        "SELECT 1; SAVEPOINT a; SELECT 2; ROLLBACK TO SAVEPOINT a; SELECT 3 | 2",
        "SAVEPOINT a; SELECT 1; SAVEPOINT b; SELECT 2; ROLLBACK TO a; COMMIT | 1 2 3",
        "BEGIN; SAVEPOINT a; SELECT 1; RELEASE a; COMMIT                  | ",
        "ROLLBACK; SELECT 1                                               | "
      })
  void isWhatTheScriptRollsBackItself(String sql, String indexes) {
    List<Statement> statements = Script.of(SourceText.of(sql)).statements();
    Set<Integer> undone = RolledBackStatements.of(statements);
    assertEquals(
        indexes == null ? "" : indexes,
        IntStream.range(0, statements.size())
            .filter(i -> undone.contains(statements.get(i).start()))
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(" ")));
  }
}
