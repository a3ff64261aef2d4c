package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TablePartsTest {

  @Test
  void columnsWithTheirConstraintsAndClausesAreParts() {
    assertEquals(
        List.of(
            "id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
            "GENERATED ALWAYS AS IDENTITY",
            "PRIMARY KEY",
            "price numeric(10, 2) NOT NULL DEFAULT 0 CONSTRAINT positive CHECK (price > 0)",
            "NOT NULL",
            "DEFAULT 0",
            "CONSTRAINT positive CHECK (price > 0)",
            "owner text REFERENCES people ON DELETE SET NULL DEFERRABLE",
            "REFERENCES people ON DELETE SET NULL DEFERRABLE",
            "UNIQUE (id, price)",
            "LIKE templates",
            "PARTITION BY RANGE (id)",
            "WITH (fillfactor = 70)",
            "TABLESPACE fast"),
        parts(
            """
            CREATE TABLE IF NOT EXISTS shop.goods (
              id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              price numeric(10, 2) NOT NULL DEFAULT 0 CONSTRAINT positive CHECK (price > 0),
              owner text REFERENCES people ON DELETE SET NULL DEFERRABLE,
              UNIQUE (id, price),
              LIKE templates
            ) PARTITION BY RANGE (id) WITH (fillfactor = 70) TABLESPACE fast
            """));
  }

  @Test
  void aDefaultIsOnePartWhateverStandsInIt() {
    assertEquals(
        List.of(
            "a integer DEFAULT NULL UNIQUE",
            "DEFAULT NULL",
            "UNIQUE",
            "b integer DEFAULT CASE WHEN true THEN NULL ELSE 1 END NOT NULL",
            "DEFAULT CASE WHEN true THEN NULL ELSE 1 END",
            "NOT NULL",
            "c integer[] DEFAULT ARRAY[NULL, 1] NULL",
            "DEFAULT ARRAY[NULL, 1]",
            "NULL",
            "d integer CONSTRAINT known DEFAULT NULL CHECK (d > 0)",
            "CONSTRAINT known DEFAULT NULL",
            "CHECK (d > 0)"),
        parts(
            "CREATE TABLE t (a integer DEFAULT NULL UNIQUE,"
                + " b integer DEFAULT CASE WHEN true THEN NULL ELSE 1 END NOT NULL,"
                + " c integer[] DEFAULT ARRAY[NULL, 1] NULL,"
                + " d integer CONSTRAINT known DEFAULT NULL CHECK (d > 0))"));
  }

  @Test
  void actionsAreParts() {
    assertEquals(
        List.of(
            "ADD COLUMN IF NOT EXISTS name text NOT NULL",
            "NOT NULL",
            "ALTER COLUMN nick SET DEFAULT ''",
            "DROP COLUMN old",
            "ADD CONSTRAINT named CHECK (name <> '')"),
        parts(
            "ALTER TABLE ONLY users ADD COLUMN IF NOT EXISTS name text NOT NULL,"
                + " ALTER COLUMN nick SET DEFAULT '', DROP COLUMN old,"
                + " ADD CONSTRAINT named CHECK (name <> '')"));
  }

  @Test
  void otherStatementsHaveNone() {
    assertEquals(List.of(), parts("CREATE TABLE copy AS SELECT a, b FROM t"));
    assertEquals(List.of(), parts("CREATE TABLE copy (a, b) AS SELECT 1, 2"));
    assertEquals(List.of(), parts("CREATE VIEW v (a, b) AS SELECT 1, 2"));
    assertEquals(List.of(), parts("INSERT INTO t VALUES (1, 2)"));
  }

  @Test
  void whatStaysIsDividedByCommas() {
    String sql = "ALTER TABLE t ADD a int, ADD b int, ADD c int";
    assertEquals("ALTER TABLE t ADD b int, ADD c int", without(sql, "ADD a int"));
    assertEquals("ALTER TABLE t ADD a int, ADD c int", without(sql, "ADD b int"));
    assertEquals("ALTER TABLE t ADD a int, ADD b int", without(sql, "ADD c int"));
    assertEquals("ALTER TABLE t ADD b int", without(sql, "ADD a int", "ADD c int"));
    assertEquals("ALTER TABLE t ADD a int", without(sql, "ADD b int", "ADD c int"));
    assertEquals("CREATE TABLE t ( )", without("CREATE TABLE t (a int, b int)", "a int", "b int"));
  }

  @Test
  void anAlterTableWithoutActionsHasNothingToDo() {
    TableParts alter = of("ALTER TABLE t ADD a int, ADD b int");
    assertTrue(alter.nothingWithout(alter.all()));
    assertFalse(alter.nothingWithout(alter.all().subList(0, 1)));
    TableParts create = of("CREATE TABLE t (a int)");
    assertFalse(create.nothingWithout(create.all()));
  }

  private static TableParts of(String sql) {
    return TableParts.of(statement(sql));
  }

  private static Statement statement(String sql) {
    return Script.of(SourceText.of(sql)).statements().getFirst();
  }

  private static List<String> parts(String sql) {
    Statement statement = statement(sql);
    return TableParts.of(statement).all().stream().map(part -> text(statement, part)).toList();
  }

  private static String text(Statement statement, TableParts.Part part) {
    return statement.source().substring(part.span().start(), part.span().end());
  }

  /** The statement without the parts of these texts, and with one blank in place of many. */
  private static String without(String sql, String... texts) {
    Statement statement = statement(sql);
    TableParts parts = TableParts.of(statement);
    List<TableParts.Part> out = new ArrayList<>(parts.all());
    out.removeIf(part -> !List.of(texts).contains(text(statement, part)));
    return statement
        .source()
        .blanked(parts.without(out))
        .text()
        .replaceAll(" +", " ")
        .replace(" ,", ",")
        .strip();
  }
}
