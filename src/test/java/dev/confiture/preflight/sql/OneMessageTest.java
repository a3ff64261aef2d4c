package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A text that reaches the server in one message is split where the server splits it. */
final class OneMessageTest {

  private static final String BODY =
      "CREATE FUNCTION f() RETURNS SETOF int LANGUAGE sql BEGIN ATOMIC"
          + " SELECT t.begin FROM x t; SELECT 1 AS end; SELECT 2 end; SELECT t.case FROM x t; END";

  @Test
  void aBodyEndsBehindASemicolon() {
    assertEquals(List.of(BODY, "COMMIT"), texts(BODY + "; COMMIT;"));
    assertEquals(
        List.of("CREATE PROCEDURE p() BEGIN ATOMIC END", "SELECT 1"),
        texts("CREATE PROCEDURE p() BEGIN ATOMIC END; SELECT 1"));
  }

  @Test
  void aSettingInItDoesNotChangeHowItIsRead() {
    String off = "SET standard_conforming_strings = off";
    assertEquals(
        List.of(off, "SELECT 'a\\'", "COMMIT"), texts(off + "; SELECT 'a\\'; COMMIT; --'"));
    assertEquals(
        List.of(off, "SELECT 'a\\'; COMMIT; --'"),
        Script.of(SourceText.of(off + "; SELECT 'a\\'; COMMIT; --'")).statements().stream()
            .map(Statement::text)
            .toList());
  }

  @Test
  void aStringGoesOnInTheNextLineByTheRulesOfItsPrefix() {
    for (String between : List.of("\n", " \r\n\t", " -- '\n  ")) {
      String string = "SELECT E'a'" + between + "'\\' '";
      assertEquals(
          List.of(string, "COMMIT", "SELECT '1'"), texts(string + "; COMMIT; SELECT '1'; --'"));
    }
    assertEquals(List.of("SELECT E'a' '\\'", "COMMIT"), texts("SELECT E'a' '\\'; COMMIT; --'"));
  }

  /** One line of commands without end: each is looked at once, or this does not end. */
  @Test
  @Timeout(60)
  void aLineOfCommandsIsReadOnce() {
    String line = "\\".repeat(400_000) + "\r".repeat(400_000);
    assertEquals(List.of(), Script.of(SourceText.of(line)).statements());
  }

  private static List<String> texts(String message) {
    return Script.ofOneMessage(SourceText.of(message)).statements().stream()
        .map(Statement::text)
        .toList();
  }
}
