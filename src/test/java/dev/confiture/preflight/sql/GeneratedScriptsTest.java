package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts put together from parts whose boundaries are known, and texts of no sense at all. */
final class GeneratedScriptsTest {

  private static final List<String> STATEMENTS =
      List.of(
          "SELECT 1",
          "SELECT 'it''s; --', E'\\';', \"a;\"\"b\"",
          "DO $$ BEGIN PERFORM ';'; END $$",
          "DO $x$ $$;$$ $y$;$x$",
          "CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2;)",
          "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; END",
          "SELECT /* ; /* ; */ */ 2 -- ; '\n + 3",
          "SELECT a$b$c, $1, U&'\\0061;'",
          "SELECT '😀;', größe");
  private static final List<String> TRIVIA =
      List.of(
          "", " ", "\n", "\r\n", "\t-- a ; 'comment\n", "/* ; ' \" $$ /* ; */ */", ";", "\n;\n");
  private static final List<String> DATA =
      List.of("1\tit's;\n", "\\N\n", "$$\n", "\"\n", "\\\\.\n", "/*\n");
  private static final String FRAGMENTS = "'\"$;()\\-/*:.\n\r \tEeUu&aAéx0_1COPYBEGINend😀{}[]";

  private final List<String> expected = new ArrayList<>();
  private final StringBuilder script = new StringBuilder();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20_261_123})
  void findsTheBoundariesThatWerePutIn(long seed) {
    Random random = new Random(seed);
    for (int run = 0; run < 200; run++) {
      expected.clear();
      script.setLength(0);
      for (int i = 0; i < 12; i++) {
        append(random);
      }
      SourceText source = SourceText.of(script.toString());
      Script split = Script.of(source);
      assertEquals(expected, described(split), () -> "seed " + seed + ":\n" + script);
      assertTogetherTheWhole(source, split);
    }
  }

  private void append(Random random) {
    switch (random.nextInt(8)) {
      case 0 -> {
        StringBuilder rows = new StringBuilder();
        for (int i = random.nextInt(3); i > 0; i--) {
          rows.append(any(DATA, random));
        }
        script.append("COPY t FROM stdin;\n").append(rows).append("\\.\n");
        expected.add("COPY t FROM stdin");
        expected.add("data " + rows);
      }
      case 1 -> {
        script.append("\n\\restrict a;'b\n");
        expected.add("\\restrict a;'b");
      }
      default -> {
        String statement = any(STATEMENTS, random);
        script.append(any(TRIVIA, random)).append(statement).append(any(List.of("", " "), random));
        script.append(';').append(any(TRIVIA, random));
        expected.add(statement);
      }
    }
  }

  /** Whatever the text, no code point is lost, doubled or moved. */
  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6, 7})
  void keepsEveryCodePointOfAnyText(long seed) {
    Random random = new Random(seed);
    int[] alphabet = FRAGMENTS.codePoints().toArray();
    for (int run = 0; run < 3000; run++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(60); i > 0; i--) {
        if (random.nextInt(12) == 0) {
          text.append(any(STATEMENTS, random));
        } else {
          text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
        }
      }
      SourceText source = SourceText.of(text.toString());
      assertTogetherTheWhole(source, Script.of(source));
    }
  }

  private static void assertTogetherTheWhole(SourceText source, Script split) {
    StringBuilder together = new StringBuilder();
    int end = 0;
    for (Piece piece : split.pieces()) {
      assertEquals(end, piece.start(), () -> "a gap or an overlap in:\n" + source.text());
      together.append(source.substring(piece.start(), piece.end()));
      end = piece.end();
    }
    assertEquals(source.text(), together.toString());
  }

  private static List<String> described(Script script) {
    List<String> described = new ArrayList<>();
    for (Piece piece : script.pieces()) {
      switch (piece) {
        case Statement statement -> described.add(statement.text());
        case CopyData data -> described.add("data " + data.rows());
        case MetaCommand command ->
            described.add(script.source().substring(command.start(), command.end()));
        case Trivia _ -> {}
      }
    }
    return described;
  }

  private static String any(List<String> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }
}
