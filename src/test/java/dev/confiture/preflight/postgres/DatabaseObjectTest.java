package dev.confiture.preflight.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DatabaseObjectTest {

  private static final DatabaseObject COLUMN =
      DatabaseObject.of(ObjectKind.COLUMN, "c", QualifiedName.of("s", "t"));

  @Test
  void kindNameAndParentMustAgree() {
    assertTrue(COLUMN.matches(DatabaseObject.of(ObjectKind.COLUMN, "c", QualifiedName.of("t"))));
    assertFalse(COLUMN.matches(DatabaseObject.of(ObjectKind.COLUMN, "d", QualifiedName.of("t"))));
    assertFalse(COLUMN.matches(DatabaseObject.of(ObjectKind.COLUMN, "c", QualifiedName.of("u"))));
    assertFalse(
        COLUMN.matches(DatabaseObject.of(ObjectKind.CONSTRAINT, "c", QualifiedName.of("t"))));
  }

  @Test
  void absentParentMatchesAny() {
    DatabaseObject anywhere =
        new DatabaseObject(ObjectKind.COLUMN, QualifiedName.of("c"), Optional.empty());
    assertTrue(COLUMN.matches(anywhere));
    assertTrue(anywhere.matches(COLUMN));
  }

  @Test
  void messagesShowTheParentFirst() {
    assertEquals("s.t.c", COLUMN.toString());
    assertEquals(
        "s.t", DatabaseObject.of(ObjectKind.RELATION, QualifiedName.of("s", "t")).toString());
  }
}
