package dev.confiture.preflight.migrations.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.sql.SourceText;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the supabase CLI cuts a file, right or wrong. */
final class SupabaseTextTest {

  @Test
  void aSemicolonEndsAStatementOutsideQuotesAndComments() {
    assertEquals(
        List.of(
            "SELECT ';', \";\", ''';'",
            "-- a; b\nSELECT 1",
            "/* ; /* ; */ ; */ SELECT 2",
            "DO $a$ ; $$ ; $a$",
            "DO $$ ; $a $$",
            "DO $B$ ; $b$ ; $B$",
            "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)",
            "SELECT 3"),
        cut(
            "SELECT ';', \";\", ''';';\n-- a; b\nSELECT 1;/* ; /* ; */ ; */ SELECT 2;"
                + "DO $a$ ; $$ ; $a$; DO $$ ; $a $$; DO $B$ ; $b$ ; $B$; CREATE RULE r AS ON INSERT TO t DO"
                + " (SELECT 1; SELECT 2); SELECT 3"));
  }

  @Test
  void blanksAndSemicolonsAloneAreNotSent() {
    SupabaseText text = SupabaseText.of(SourceText.of(";; \n SELECT 1 ;\n ;\n-- end\n"));
    assertEquals(List.of("SELECT 1", "-- end"), text.statements());
    assertEquals(List.of(2, 18), text.starts());
    assertEquals(List.of(), cut(""));
    assertEquals(List.of(), cut(" \r\n"));
  }

  /** The body of a function in standard SQL; its first END ends it, be it that of a CASE. */
  @Test
  void atomicOpensABodyWhichTheFirstEndCloses() {
    assertEquals(
        List.of("BEGIN\n Atomic SELECT 1; SELECT 2; END", "SELECT 3"),
        cut("BEGIN\n Atomic SELECT 1; SELECT 2; END; SELECT 3;"));
    assertEquals(
        List.of("BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END", "END", "SELECT 3"),
        cut("BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; END; SELECT 3;"));
    assertEquals(
        List.of("BEGIN ATOMIC SELECT 1 AS weekend", "END"),
        cut("BEGIN ATOMIC SELECT 1 AS weekend; END;"));
    assertEquals(
        List.of("CREATE TABLE x(atomic int)", "SELECT 'atomic'", "SELECT 1"),
        cut("CREATE TABLE x(atomic int); SELECT 'atomic'; SELECT 1;"));
  }

  /** A backslash escapes outside quotes alone, where it means nothing to PostgreSQL. */
  @Test
  void aQuoteBehindABackslashClosesTheString() {
    assertEquals(List.of("SELECT E'a\\'b", "c'; SELECT 1"), cut("SELECT E'a\\'b;c'; SELECT 1;"));
    assertEquals(List.of("f(E'a\\'b;c'); SELECT 1;"), cut("f(E'a\\'b;c'); SELECT 1;\n"));
    assertEquals(List.of("SELECT 'C:\\'", "SELECT 1"), cut("SELECT 'C:\\'; SELECT 1"));
    assertEquals(List.of("\\; SELECT 1"), cut("\\; SELECT 1;"));
  }

  @Test
  void theFirstParenthesisClosesAll() {
    assertEquals(List.of("f((1)", "2)", "g(')', ';')"), cut("f((1); 2); g(')', ';')"));
  }

  /** Letters of several bytes are none in a tag: what looks like its end begins another. */
  @Test
  void aTagOfOtherLettersIsNone() {
    assertEquals(List.of("DO $é$ SELECT 1", "$é$"), cut("DO $é$ SELECT 1; $é$;"));
    assertEquals(List.of("SELECT 'é;', $1"), cut("SELECT 'é;', $1;"));
  }

  private static List<String> cut(String text) {
    return SupabaseText.of(SourceText.of(text)).statements();
  }
}
