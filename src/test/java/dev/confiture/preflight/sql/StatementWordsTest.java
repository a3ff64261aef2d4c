package dev.confiture.preflight.sql;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.postgres.QualifiedName;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the words of a statement tell: its transaction, its actions, its tables, its bodies. */
final class StatementWordsTest {

  @ParameterizedTest
  @CsvSource({
    "begin isolation level serializable, BEGIN",
    "START TRANSACTION, BEGIN",
    "COMMIT AND CHAIN, COMMIT",
    "END WORK, COMMIT",
    "ABORT, ROLLBACK",
    "ROLLBACK TRANSACTION, ROLLBACK",
    "ROLLBACK WORK TO SAVEPOINT a, ROLLBACK_TO",
    "ROLLBACK TO a, ROLLBACK_TO",
    "SAVEPOINT a, SAVEPOINT",
    "RELEASE a, RELEASE",
    "PREPARE TRANSACTION 'x', PREPARE_TRANSACTION",
    "COMMIT PREPARED 'x', COMMIT_PREPARED",
    "ROLLBACK PREPARED 'x', ROLLBACK_PREPARED",
    "PREPARE begin AS SELECT 1, none",
    "SELECT 'COMMIT', none",
  })
  void tellWhatItDoesToTheTransaction(String sql, String expected) {
    assertEquals(expected, TransactionControl.of(statement(sql)).map(Enum::name).orElse("none"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ALTER TABLE ONLY a.t ADD b numeric(1,2), DROP c | ADD b numeric(1,2) / DROP c",
        "ALTER TABLE IF EXISTS t * ALTER b SET DEFAULT ARRAY[1,2] | ALTER b SET DEFAULT ARRAY[1,2]",
        "ALTER TYPE p ADD ATTRIBUTE a int, DROP ATTRIBUTE b | ADD ATTRIBUTE a int / DROP ATTRIBUTE b",
        "ALTER FOREIGN TABLE f ADD a int OPTIONS (x '1,2') | ADD a int OPTIONS (x '1,2')",
        "ALTER SEQUENCE s RESTART | none",
        "CREATE TABLE t (a int, b int) | none",
      })
  void divideTheActionsOfAlterTable(String sql, String expected) {
    Statement statement = statement(sql);
    String actions =
        AlterTableActions.of(statement).stream()
            .map(action -> statement.source().substring(action.start(), action.end()))
            .collect(joining(" / "));
    assertEquals(expected, actions.isEmpty() ? "none" : actions);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT * FROM a JOIN s.b ON true | a s.b | a s.b",
        "INSERT INTO a SELECT * FROM \"B\" | a B | B",
        "UPDATE a SET x = 1 | a | a",
        "DELETE FROM ONLY a USING b | a b | a b",
        "DO $$ BEGIN INSERT INTO a SELECT 1 FROM b; END $$ | a b | b",
      })
  void tellTheTablesThatItNamesAndThoseThatItReads(String sql, String all, String read) {
    Statement statement = statement(sql);
    assertEquals(all, named(Mentions.relations(statement), all));
    assertEquals(read, named(Mentions.reads(statement), all));
  }

  /** Those of some names that are among the others: an alias or a column is no matter here. */
  private static String named(Set<QualifiedName> found, String wanted) {
    return Pattern.compile(" ")
        .splitAsStream(wanted)
        .filter(name -> found.stream().anyMatch(each -> each.toString().equals(name)))
        .collect(joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES app.u (b) | app.u",
        "CREATE TABLE t (a int REFERENCES u, b int REFERENCES \"V\") | u V",
        "SELECT 'REFERENCES u' | none",
      })
  void tellTheTablesThatForeignKeysReference(String sql, String expected) {
    String names = names(Mentions.referencedTables(statement(sql))).strip();
    assertEquals(expected, names.isEmpty() ? "none" : names);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DO $x$ a; $x$ | 3 / 6 / a;",
        "DO LANGUAGE 'plpgsql' 'b' | 22 / 23 / b",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$c$$ | 48 / 50 / c",
        "CREATE FUNCTION f(a text DEFAULT 'd') RETURNS int AS 'e' LANGUAGE sql | 53 / 54 / e",
        "SELECT $$f$$ | none",
      })
  void tellTheBodies(String sql, String expected) {
    String bodies =
        Bodies.of(statement(sql)).stream()
            .map(
                body ->
                    body.openingOffset()
                        + " / "
                        + body.contentStart()
                        + " / "
                        + body.text().strip())
            .collect(joining());
    assertEquals(expected, bodies.isEmpty() ? "none" : bodies);
  }

  private static String names(Iterable<?> names) {
    StringBuilder joined = new StringBuilder(" ");
    names.forEach(name -> joined.append(name).append(' '));
    return joined.toString();
  }

  private static Statement statement(String sql) {
    return Script.of(SourceText.of(sql)).statements().getFirst();
  }
}
