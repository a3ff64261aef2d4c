package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.sql.Piece.Trivia;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts made of parts whose boundaries are known; the boundaries must come back. */
final class GeneratedScriptsTest {

  /** Parts of a statement; every semicolon in them is inside something. */
  private static final List<String> INSIDE =
      List.of(
          "'; it''s'",
          "E'\\'; \\\\'",
          "'\\'",
          "N';'",
          "U&'; \\0061'",
          "\";\"",
          "U&\"; \"\";\"",
          "\"it's;\"",
          "$$;'$$",
          "$tag$ $$; $other$ ; $tag$",
          "$é$;$é$",
          "a$x$",
          "$1",
          "/*;*/",
          "/* ' /* ; */ \" */",
          "-- ; '\n",
          "--;\r\n",
          "(1; 2)",
          "(';)' ; (3; /* ) */))",
          "[1]",
          "1.5e-3",
          ".5",
          "::int",
          "<->",
          "- -1",
          "case",
          "end",
          "begin",
          "名前",
          "🍓");

  /** Statements that hold semicolons by their grammar. */
  private static final List<String> WHOLE =
      List.of(
          "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT CASE WHEN a"
              + " THEN ';' END; END",
          "create or replace procedure s.p(a int) language sql begin atomic; /* end; */ select"
              + " (case when true then t.end end); end",
          "CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2;)",
          "DO $$BEGIN PERFORM 1; END;$$",
          "BEGIN",
          "END");

  /** What may stand between statements. */
  private static final List<String> BETWEEN =
      List.of(
          " ", "\n", "\r\n", "\t;", " ;; ", "-- not a statement; '\n", "/* ; /* ' */ $$ */", "");

  private record Expected(String kind, int start, String text) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void knownBoundariesComeBack(long seed) {
    Random random = new Random(seed);
    for (int run = 0; run < 200; run++) {
      List<Expected> expected = new ArrayList<>();
      String text = script(random, expected);
      String failed = "seed " + seed + ", run " + run + ":\n" + text + "\n";
      Script script = Script.of(SourceText.of(text));
      List<Expected> found = new ArrayList<>();
      for (Piece piece : script.pieces()) {
        if (!(piece instanceof Trivia)) {
          String kind = piece.getClass().getSimpleName();
          String part = script.source().substring(piece.start(), piece.end());
          found.add(new Expected(kind, piece.start(), part));
        }
      }
      assertEquals(expected, found, failed);
      PieceLaws.hold(text);
    }
  }

  private static String script(Random random, List<Expected> expected) {
    StringBuilder script = new StringBuilder(random.nextInt(5) == 0 ? "\ufeff" : "");
    for (int n = 1 + random.nextInt(8); n > 0; n--) {
      script.append(any(BETWEEN, random));
      switch (random.nextInt(8)) {
        case 0 -> {
          add(script, "MetaCommand", "\\echo 'a; \\\\' b;", expected);
          script.append(random.nextBoolean() ? "\n" : "\r\n");
        }
        case 1 -> {
          add(script, "Statement", "COPY t (a, \"from\") FROM stdin;", expected);
          script.append(random.nextBoolean() ? "\n" : " -- ;\r\n");
          String rows = random.nextBoolean() ? "1\t';\n \\.\n\\. \n\\N\n" : "";
          add(script, "CopyData", rows + (random.nextBoolean() ? "\\.\n" : "\\.\r\n"), expected);
        }
        case 2 -> add(script, "Statement", any(WHOLE, random) + ";", expected);
        default -> add(script, "Statement", statement(random) + ";", expected);
      }
    }
    script.append(any(BETWEEN, random));
    if (random.nextInt(3) == 0) {
      add(script, "Statement", "SELECT 'no semicolon;'", expected);
    }
    return script.toString();
  }

  private static String statement(Random random) {
    StringBuilder statement = new StringBuilder("SELECT");
    for (int n = random.nextInt(8); n > 0; n--) {
      statement.append(random.nextBoolean() ? " " : "\n").append(any(INSIDE, random));
    }
    return statement.toString();
  }

  private static void add(StringBuilder script, String kind, String text, List<Expected> expected) {
    expected.add(new Expected(kind, script.codePointCount(0, script.length()), text));
    script.append(text);
  }

  private static String any(List<String> parts, Random random) {
    return parts.get(random.nextInt(parts.size()));
  }
}
