package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Statements for tests. */
final class Sql {

  private Sql() {}

  /** The one statement that a text holds. */
  static Statement statement(String text) {
    Script script = Script.of(SourceText.of(text));
    assertEquals(1, script.statements().size(), text);
    return script.statements().getFirst();
  }
}
