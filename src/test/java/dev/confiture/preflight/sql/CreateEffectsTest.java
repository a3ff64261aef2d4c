package dev.confiture.preflight.sql;

import static dev.confiture.preflight.sql.Sql.effects;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CreateEffectsTest {

  @Test
  void tableIsMadeWithItsColumns() {
    assertEquals(
        List.of("+ RELATION app.T @app", "+ COLUMN app.T.id @id", "+ COLUMN app.T.Name @\"Name\""),
        effects("CREATE TABLE IF NOT EXISTS app.\"T\" (ID bigint, \"Name\" numeric(4, 2))"));
  }

  @Test
  void constraintsHaveTheNamesThatPostgresGivesThem() {
    List<String> made =
        effects(
            "CREATE TABLE t (a int PRIMARY KEY, b int UNIQUE, c int CHECK (c > 0),"
                + " d int REFERENCES o (id))");
    assertContains(made, "+ CONSTRAINT t.t_pkey @a", "+ RELATION t_pkey @a");
    assertContains(made, "+ CONSTRAINT t.t_b_key @b", "+ RELATION t_b_key @b");
    assertContains(made, "+ CONSTRAINT t.t_c_check @c", "+ CONSTRAINT t.t_d_fkey @d");
  }

  @Test
  void namedConstraintsHaveTheirOwnNames() {
    List<String> made =
        effects(
            "CREATE TABLE s.t (a int CONSTRAINT k PRIMARY KEY, b int,"
                + " CONSTRAINT u UNIQUE (a, b), CONSTRAINT f FOREIGN KEY (b) REFERENCES o)");
    assertContains(made, "+ CONSTRAINT s.t.k @k", "+ RELATION s.k @k");
    assertContains(made, "+ CONSTRAINT s.t.u @u", "+ CONSTRAINT s.t.f @f");
    assertEquals(List.of(), made.stream().filter(m -> m.contains("_pkey")).toList());
    assertEquals(List.of(), made.stream().filter(m -> m.contains("_fkey")).toList());
  }

  @Test
  void nameOfOneConstraintIsNotThatOfTheNext() {
    List<String> made =
        effects(
            "CREATE TABLE t (a int CONSTRAINT n NOT NULL PRIMARY KEY, b int CONSTRAINT u UNIQUE"
                + " CHECK (b > 0))");
    assertContains(made, "+ CONSTRAINT t.n @n", "+ CONSTRAINT t.t_pkey @a");
    assertContains(made, "+ CONSTRAINT t.u @u", "+ CONSTRAINT t.t_b_check @b");
    assertEquals(List.of(), made.stream().filter(m -> m.contains("t_b_key")).toList());
  }

  @Test
  void primaryKeyOfATableHasItsName() {
    assertContains(
        effects("CREATE TABLE t (a int, PRIMARY KEY (a))"), "+ CONSTRAINT t.t_pkey @PRIMARY");
  }

  @Test
  void serialColumnsMakeASequence() {
    assertContains(effects("CREATE TABLE s.t (id bigserial)"), "+ RELATION s.t_id_seq @id");
    assertContains(effects("CREATE TABLE t (a serial, b int)"), "+ RELATION t_a_seq @a");
    assertEquals(
        List.of("+ RELATION t @t", "+ COLUMN t.serial @serial"),
        effects("CREATE TABLE t (serial int)"));
  }

  @Test
  void defaultsAreNoColumns() {
    assertEquals(
        List.of("+ RELATION t @t", "+ COLUMN t.a @a", "+ COLUMN t.b @b"),
        effects("CREATE TABLE t (a text[] DEFAULT ARRAY[user, f(x, y)], b int DEFAULT (1))"));
  }

  @Test
  void tableOfAQueryHasNoKnownColumns() {
    assertEquals(List.of("+ RELATION t @t"), effects("CREATE TEMP TABLE t AS SELECT 1 AS a"));
    assertEquals(
        List.of("+ RELATION p @p"), effects("CREATE TABLE p PARTITION OF t FOR VALUES IN (1)"));
  }

  @Test
  void viewsMakeTheColumnsThatTheyList() {
    assertEquals(
        List.of("+ RELATION s.v @s", "+ COLUMN s.v.a @a", "+ COLUMN s.v.b @b"),
        effects("CREATE OR REPLACE VIEW s.v (a, b) AS SELECT 1, 2"));
    assertEquals(
        List.of("+ RELATION v @v"),
        effects("CREATE MATERIALIZED VIEW IF NOT EXISTS v AS SELECT (1)"));
  }

  @Test
  void indexIsInTheSchemaOfItsTable() {
    assertEquals(
        List.of("+ RELATION s.i @i", "+ CONSTRAINT s.t.i @i"),
        effects("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY s.t (a)"));
    assertEquals(List.of(), effects("CREATE INDEX ON t (a)"), "a name that is not written");
  }

  @Test
  void enumIsMadeWithItsLabels() {
    assertEquals(
        List.of("+ TYPE s.e @s", "+ ENUM_LABEL s.e.a @'a'", "+ ENUM_LABEL s.e.it's @'it''s'"),
        effects("CREATE TYPE s.e AS ENUM ('a', 'it''s')"));
    assertEquals(List.of("+ TYPE c @c"), effects("CREATE TYPE c AS (a int)"));
  }

  @Test
  void schemaMayHaveTheNameOfItsOwner() {
    assertEquals(
        List.of("+ SCHEMA s @s"), effects("CREATE SCHEMA IF NOT EXISTS s AUTHORIZATION joe"));
    assertEquals(List.of("+ SCHEMA joe @joe"), effects("CREATE SCHEMA AUTHORIZATION joe"));
  }

  @Test
  void partsOfATableHaveItAsParent() {
    assertEquals(
        List.of("+ TRIGGER s.t.g @g"),
        effects(
            "CREATE CONSTRAINT TRIGGER g AFTER UPDATE OF a ON s.t FROM o FOR EACH ROW EXECUTE"
                + " FUNCTION f()"));
    assertEquals(List.of("+ POLICY t.p @p"), effects("CREATE POLICY p ON t FOR SELECT"));
    assertEquals(
        List.of("+ RULE t.r @r"),
        effects("CREATE OR REPLACE RULE r AS ON INSERT TO t DO INSTEAD NOTHING"));
  }

  @ParameterizedTest
  @CsvSource({
    "CREATE SEQUENCE s.q, + RELATION s.q @s",
    "CREATE FOREIGN TABLE t () SERVER x, + RELATION t @t",
    "CREATE UNLOGGED TABLE t (), + RELATION t @t",
    "CREATE DOMAIN d AS int, + TYPE d @d",
    "CREATE OR REPLACE FUNCTION s.f(a int) RETURNS int RETURN 1, + FUNCTION s.f @s",
    "CREATE PROCEDURE p() LANGUAGE sql BEGIN ATOMIC END, + FUNCTION p @p",
    "CREATE EXTENSION IF NOT EXISTS citext, + EXTENSION citext @citext",
    "CREATE ROLE r LOGIN, + ROLE r @r",
    "CREATE USER u, + ROLE u @u",
    "CREATE COLLATION c FROM \"C\", + COLLATION c @c",
    "CREATE TRUSTED PROCEDURAL LANGUAGE l, + LANGUAGE l @l",
    "CREATE PUBLICATION p FOR ALL TABLES, + PUBLICATION p @p",
    "CREATE SUBSCRIPTION s CONNECTION '', + SUBSCRIPTION s @s",
    "CREATE STATISTICS s ON a FROM t, + STATISTICS s @s",
    "CREATE SERVER s FOREIGN DATA WRAPPER w, + FOREIGN_SERVER s @s",
    "CREATE FOREIGN DATA WRAPPER w, + FOREIGN_DATA_WRAPPER w @w",
    "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f(), + EVENT_TRIGGER e @e"
  })
  void otherObjectsAreMade(String sql, String effect) {
    assertEquals(List.of(effect), effects(sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE",
        "CREATE TABLE",
        "CREATE USER MAPPING FOR joe SERVER s",
        "CREATE CAST (a AS b) WITHOUT FUNCTION",
        "SELECT 'CREATE TABLE t (a int)'",
        "EXPLAIN CREATE TABLE t AS SELECT 1"
      })
  void otherStatementsMakeNothingThatIsKnown(String sql) {
    assertEquals(List.of(), effects(sql));
  }

  private static void assertContains(List<String> effects, String... expected) {
    assertEquals(List.of(expected), List.of(expected).stream().filter(effects::contains).toList());
  }
}
