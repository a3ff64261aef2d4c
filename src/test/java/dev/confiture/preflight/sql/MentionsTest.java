package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.postgres.QualifiedName;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

  @Test
  void foreignKeysNameTheirTables() {
    assertEquals(
        Set.of(USERS, QualifiedName.of("Orders")),
        Mentions.referencedTables(
            Sql.statement(
                "CREATE TABLE a (b int REFERENCES app.users (id), c int,"
                    + " FOREIGN KEY (c) REFERENCES \"Orders\")")));
    assertEquals(Set.of(), Mentions.referencedTables(Sql.statement("SELECT * FROM a")));
  }
}
