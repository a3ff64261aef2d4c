package dev.confiture.preflight.sql;

import static dev.confiture.preflight.sql.Sql.effects;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AlterEffectsTest {

  @ParameterizedTest
  @CsvSource({
    "ALTER TABLE IF EXISTS ONLY s.a RENAME TO b, - RELATION s.a @s, + RELATION s.b @b",
    "ALTER TABLE a RENAME COLUMN x TO y, - COLUMN a.x @x, + COLUMN a.y @y",
    "ALTER TABLE a RENAME x TO \"Y\", - COLUMN a.x @x, + COLUMN a.Y @\"Y\"",
    "ALTER TABLE a RENAME CONSTRAINT x TO y, - CONSTRAINT a.x @x, + CONSTRAINT a.y @y",
    "ALTER TABLE s.a SET SCHEMA n, - RELATION s.a @s, + RELATION n.a @s",
    "ALTER INDEX a RENAME TO b, - RELATION a @a, + RELATION b @b",
    "ALTER SEQUENCE a RENAME TO b, - RELATION a @a, + RELATION b @b",
    "ALTER MATERIALIZED VIEW a RENAME TO b, - RELATION a @a, + RELATION b @b",
    "ALTER VIEW a RENAME COLUMN x TO y, - COLUMN a.x @x, + COLUMN a.y @y",
    "ALTER TYPE a RENAME TO b, - TYPE a @a, + TYPE b @b",
    "ALTER TYPE a RENAME ATTRIBUTE x TO y, - COLUMN a.x @x, + COLUMN a.y @y",
    "ALTER DOMAIN a RENAME CONSTRAINT x TO y, - CONSTRAINT a.x @x, + CONSTRAINT a.y @y",
    "ALTER FUNCTION s.a(int) RENAME TO b, - FUNCTION s.a @s, + FUNCTION s.b @b",
    "ALTER SCHEMA a RENAME TO b, - SCHEMA a @a, + SCHEMA b @b",
    "ALTER ROLE a RENAME TO b, - ROLE a @a, + ROLE b @b",
    "ALTER TRIGGER a ON s.t RENAME TO b, - TRIGGER s.t.a @RENAME, + TRIGGER s.t.b @b"
  })
  void renamingRemovesOneNameAndMakesAnother(String sql, String removes, String makes) {
    assertEquals(List.of(removes, makes), effects(sql));
  }

  @Test
  void labelsAreRenamed() {
    assertEquals(
        List.of("- ENUM_LABEL s.e.a @'a'", "+ ENUM_LABEL s.e.it's @'it''s'"),
        effects("ALTER TYPE s.e RENAME VALUE 'a' TO 'it''s'"));
  }

  @Test
  void labelsAreAdded() {
    assertEquals(
        List.of("+ ENUM_LABEL e.b @'b'"),
        effects("ALTER TYPE e ADD VALUE IF NOT EXISTS 'b' BEFORE 'a'"));
  }

  @Test
  void eachActionHasItsEffects() {
    assertEquals(
        List.of("+ COLUMN t.a @a", "- COLUMN t.b @b", "- CONSTRAINT t.c @c", "+ COLUMN t.d @d"),
        effects(
            "ALTER TABLE t ADD COLUMN IF NOT EXISTS a numeric(4, 2) DEFAULT f(1, drop),"
                + " DROP COLUMN IF EXISTS b CASCADE, DROP CONSTRAINT c, ALTER e DROP NOT NULL,"
                + " ADD d int"));
  }

  @Test
  void constraintsAreAdded() {
    assertEquals(
        List.of("+ CONSTRAINT s.t.k @k", "+ RELATION s.k @k"),
        effects("ALTER TABLE s.t ADD CONSTRAINT k UNIQUE (a)"));
    assertEquals(
        List.of("+ CONSTRAINT t.t_pkey @PRIMARY", "+ RELATION t_pkey @PRIMARY"),
        effects("ALTER TABLE t ADD PRIMARY KEY (a)"));
  }

  @Test
  void attributesOfATypeAreItsColumns() {
    assertEquals(
        List.of("+ COLUMN c.a @a", "- COLUMN c.b @b"),
        effects("ALTER TYPE c ADD ATTRIBUTE a int, DROP ATTRIBUTE b"));
  }

  @Test
  void domainHasConstraintsAndNoColumns() {
    assertEquals(List.of("- CONSTRAINT d.c @c"), effects("ALTER DOMAIN d DROP CONSTRAINT c"));
    assertEquals(List.of(), effects("ALTER DOMAIN d DROP NOT NULL"));
    assertEquals(List.of(), effects("ALTER DOMAIN d DROP DEFAULT"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE t ALTER a SET DEFAULT 1",
        "ALTER TABLE t OWNER TO joe",
        "ALTER TABLE",
        "ALTER TYPE t OWNER TO joe",
        "ALTER SYSTEM SET a = 1",
        "ALTER USER MAPPING FOR joe SERVER s OPTIONS (a 'b')",
        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO joe",
        "ALTER SEQUENCE s RESTART"
      })
  void otherChangesMakeAndRemoveNothing(String sql) {
    assertEquals(List.of(), effects(sql));
  }
}
