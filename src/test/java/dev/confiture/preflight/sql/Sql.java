package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

/** Statements for tests. */
final class Sql {

  private Sql() {}

  /** The one statement that a text holds. */
  static Statement statement(String text) {
    Script script = Script.of(SourceText.of(text));
    assertEquals(1, script.statements().size(), text);
    return script.statements().getFirst();
  }

  /** {@code + KIND name @ the word at which the statement names it}; {@code -} where it goes. */
  static List<String> effects(String text) {
    Statement statement = statement(text);
    return Effects.of(statement).stream()
        .map(
            effect ->
                (effect.change() == Effect.Change.MAKES ? "+ " : "- ")
                    + effect.object().kind()
                    + " "
                    + effect.object()
                    + " @"
                    + wordAt(statement.source(), effect.offset()))
        .toList();
  }

  private static String wordAt(SourceText source, int offset) {
    return new Lexer(source, offset, source.length()).next(false).text();
  }
}
