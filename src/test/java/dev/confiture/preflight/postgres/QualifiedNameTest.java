package dev.confiture.preflight.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class QualifiedNameTest {

  private static final QualifiedName PLAIN = QualifiedName.of("t");
  private static final QualifiedName IN_A = QualifiedName.of("a", "t");
  private static final QualifiedName IN_B = QualifiedName.of("b", "t");

  @Test
  void nameWithoutSchemaMayBeInAny() {
    assertTrue(PLAIN.matches(IN_A));
    assertTrue(IN_A.matches(PLAIN));
    assertTrue(PLAIN.matches(PLAIN));
    assertTrue(IN_A.matches(QualifiedName.of("a", "t")));
  }

  @Test
  void otherSchemaOrOtherNameIsAnotherObject() {
    assertFalse(IN_A.matches(IN_B));
    assertFalse(PLAIN.matches(QualifiedName.of("u")));
    assertFalse(PLAIN.matches(QualifiedName.of("T")), "names are folded already");
  }

  @Test
  void messagesShowItWithoutQuotes() {
    assertEquals("t", PLAIN.toString());
    assertEquals("a.t", IN_A.toString());
  }
}
