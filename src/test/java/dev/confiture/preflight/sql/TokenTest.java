package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class TokenTest {

  @Test
  void unquotedNamesAreFolded() {
    assertEquals("users", token("USERS").identifier());
  }

  @Test
  void quotedNamesKeepTheirCaseAndLoseTheirQuotes() {
    assertEquals("Users", token("\"Users\"").identifier());
    assertEquals("a\"b", token("\"a\"\"b\"").identifier());
    assertEquals("Users", token("U&\"Users\"").identifier());
  }

  @Test
  void keywordsAreWrittenInAnyCaseButWithoutQuotes() {
    assertTrue(token("Create").is("create"));
    assertFalse(token("\"create\"").is("create"));
    assertFalse(token("'create'").is("create"));
  }

  @Test
  void marksAreNotTextsThatLookLikeThem() {
    assertTrue(token("(").isMark("("));
    assertFalse(token("\"(\"").isMark("("));
    assertFalse(token("*").isMark("*"), "an operator");
  }

  @Test
  void literalsHaveTheValueBetweenTheirQuotes() {
    assertEquals("it's", token("'it''s'").stringValue());
    assertEquals("", token("''").stringValue());
    assertEquals("a", token("N'a'").stringValue());
  }

  private static Token token(String text) {
    SourceText source = SourceText.of(text);
    return new Lexer(source, 0, source.length(), false).next(false);
  }
}
