package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.postgres.QualifiedName;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MentionsTest {

  private static final QualifiedName USERS = QualifiedName.of("app", "users");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM app.users",
        "SELECT * FROM a, App.Users u",
        "SELECT * FROM a JOIN \"app\".\"users\" ON true",
        "INSERT INTO app.users VALUES (1)",
        "UPDATE ONLY app.users SET a = 1",
        "DELETE FROM a USING app.users",
        "ALTER TABLE IF EXISTS app.users ADD a int",
        "CREATE INDEX i ON app.users (a)",
        "CREATE TABLE a (b int REFERENCES app.users)",
        "CREATE TABLE a (LIKE app.users)",
        "CREATE TABLE a PARTITION OF app.users DEFAULT",
        "TRUNCATE app.users",
        "COPY app.users FROM stdin",
        "LOCK app.users",
        "DROP TABLE a, app.users",
        "DROP VIEW app.users",
        "DO $$BEGIN UPDATE app.users SET a = 1; END$$",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1 FROM app.users'"
      })
  void relationIsFoundWhereOneMayStand(String sql) {
    assertTrue(Mentions.relations(Sql.statement(sql)).contains(USERS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'FROM app.users'",
        "SELECT 1 /* FROM app.users */",
        "SELECT app.users(1)",
        "SELECT * FROM \"App\".users",
        "SELECT * FROM users"
      })
  void relationIsNotFoundElsewhere(String sql) {
    assertFalse(Mentions.relations(Sql.statement(sql)).contains(USERS));
  }

  @Test
  void targetOfAnInsertIsNotRead() {
    Statement copy = Sql.statement("INSERT INTO app.users SELECT * FROM b JOIN s.c ON true");
    assertFalse(Mentions.reads(copy).contains(USERS));
    assertTrue(
        Mentions.reads(copy)
            .containsAll(Set.of(QualifiedName.of("b"), QualifiedName.of("s", "c"))));
    Statement itself = Sql.statement("INSERT INTO app.users SELECT * FROM app.users");
    assertTrue(Mentions.reads(itself).contains(USERS));
    assertTrue(Mentions.reads(Sql.statement("UPDATE app.users SET a = 1")).contains(USERS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT * FROM (a JOIN b USING (k)) LEFT JOIN c ON true, d     | a,b,c,d",
        "UPDATE a SET x = 1 FROM b, c                                  | a,b,c",
        "DELETE FROM a USING b                                         | a,b",
        "MERGE INTO a USING b ON a.x = b.x WHEN MATCHED THEN DELETE    | a,b",
        "INSERT INTO a SELECT x FROM b                                 | b",
        "DO $$BEGIN IF EXISTS (SELECT FROM a) THEN ALTER TABLE b ADD x int; CREATE INDEX ON c (x);"
            + " TRUNCATE d; END IF; END$$                               | a",
        "ALTER TABLE a ADD FOREIGN KEY (x) REFERENCES b                | ''",
        "DROP TABLE a, b                                               | ''"
      })
  void rowsAreReadByQueriesAndDml(String sql, String expected) {
    assertEquals(
        expected.isEmpty() ? Set.of() : Set.of(expected.split(",")),
        Mentions.reads(Sql.statement(sql)).stream()
            .map(QualifiedName::toString)
            .collect(Collectors.toSet()));
  }

  /** The relations, each once, of statements with what looks like more. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INSERT INTO orders (id, customer) VALUES (1, 7)                | orders",
        "SELECT id, customer, region FROM orders                        | orders",
        "SELECT * FROM a, b x, c AS y WHERE d IN (e, f)                 | a,b,c",
        "SELECT extract(year FROM born), trim(both FROM n) FROM people  | people",
        "SELECT * FROM a WHERE b IS DISTINCT FROM c                     | a",
        "SELECT * FROM a JOIN b ON a.x = b.y, c                         | a,b,c",
        "SELECT * FROM (a JOIN b USING (k)) LEFT JOIN c ON true         | a,b,c",
        "SELECT coalesce((SELECT x FROM a), y) FROM b                   | a,b",
        "SELECT * FROM generate_series(1, 3), a                         | a",
        "UPDATE a SET x = 1, y = 2 FROM b WHERE true                    | a,b",
        "DELETE FROM a USING b, c WHERE a.id = b.id                     | a,b,c",
        "ALTER TABLE a ADD x int, DROP y, ALTER z TYPE int USING z::int | a",
        "ALTER TABLE a ADD FOREIGN KEY (x) REFERENCES b ON DELETE CASCADE | a,b",
        "INSERT INTO a (x, y) VALUES (1, 2) ON CONFLICT (x) DO UPDATE SET y = 3 | a",
        "DROP TABLE IF EXISTS a, b CASCADE                              | a,b",
        "TRUNCATE TABLE a, b                                            | a,b",
        "LOCK TABLE ONLY a IN EXCLUSIVE MODE                            | a",
        "CREATE TABLE a (x int, y int) PARTITION BY RANGE (x)           | a",
        "GRANT SELECT ON a TO b, c                                      | a",
        "GRANT USAGE ON SCHEMA s TO b                                   | ''",
        "COMMENT ON TABLE a IS 'from b'                                  | a",
        "COMMENT ON CONSTRAINT c ON a IS NULL                           | a",
        "COMMENT ON COLUMN s.a.x IS NULL                                | s.a",
        "COMMENT ON COLUMN a.x IS NULL                                  | a",
        "DO $$BEGIN IF EXISTS (SELECT FROM a) THEN PERFORM 1, b; END IF; END$$ | a"
      })
  void onlyRelationsAreMentioned(String sql, String expected) {
    assertEquals(
        expected.isEmpty() ? Set.of() : Set.of(expected.split(",")),
        Mentions.relations(Sql.statement(sql)).stream()
            .map(QualifiedName::toString)
            .collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @CsvSource({"o, s.orders", "u, users", "things, things", "orders, ''", "x, ''", "join, ''"})
  void qualifierIsAnAliasOrTheRelationsName(String qualifier, String expected) {
    Statement statement =
        Sql.statement(
            "SELECT * FROM s.orders o JOIN users AS u ON u.id = o.u, things WHERE o.x = 1");
    assertEquals(
        expected,
        Mentions.meantBy(qualifier, statement).stream()
            .map(QualifiedName::toString)
            .collect(Collectors.joining(",")));
  }
}
