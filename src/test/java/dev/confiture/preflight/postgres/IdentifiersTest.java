package dev.confiture.preflight.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class IdentifiersTest {

  @Test
  void namesAreAlwaysQuoted() {
    assertEquals("\"users\"", Identifiers.quote("users"));
    assertEquals("\"My \"\"T\"\"; --\"", Identifiers.quote("My \"T\"; --"));
    assertEquals("\"a\\b\"", Identifiers.quote("a\\b"));
  }

  @Test
  void partsOfAQualifiedNameAreQuotedEach() {
    assertEquals("\"a.b\".\"C\"", Identifiers.quote(QualifiedName.of("a.b", "C")));
    assertEquals("\"c\"", Identifiers.quote(QualifiedName.of("c")));
  }

  @Test
  void quotesOfALiteralAreDoubled() {
    assertEquals("'it''s; \"fine\"'", Identifiers.literal("it's; \"fine\""));
    assertEquals("''", Identifiers.literal(""));
  }

  /** As PQescapeLiteral does: the blank keeps the E from a word before it. */
  @Test
  void backslashesAreEscapedWhateverTheSetting() {
    assertEquals(" E'a\\\\b''c'", Identifiers.literal("a\\b'c"));
  }
}
