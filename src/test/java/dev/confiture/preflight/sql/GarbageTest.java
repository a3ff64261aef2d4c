package dev.confiture.preflight.sql;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No text at all breaks the laws of pieces, nor makes the splitter throw or hang. */
final class GarbageTest {

  private static final List<String> SHARDS =
      List.of(
          "'",
          "''",
          "\"",
          "$",
          "$$",
          "$a$",
          "$1",
          "\\",
          "\\\\",
          "\\.",
          "\\.\n",
          "\n\\.\n",
          "\\g",
          ";",
          ";;",
          "(",
          ")",
          "[",
          "]",
          "/*",
          "*/",
          "/",
          "*",
          "-",
          "--",
          "\n",
          "\r\n",
          "\r",
          " ",
          "\t",
          "\u000b",
          "\u0000",
          ":",
          "::",
          ".",
          ",",
          "e'",
          "E'\\",
          "n'",
          "U&'",
          "u&\"",
          "u&",
          "x'",
          "1",
          "1e",
          "1e-",
          "1.",
          ".5",
          "a",
          "é",
          "🍓",
          "\ufeff",
          "\ud800",
          "begin atomic",
          "create function f() ",
          "case ",
          "end ",
          "copy t from stdin;",
          "copy t from stdin",
          "set standard_conforming_strings = off;",
          "select set_config(",
          "reset all;",
          "do ");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shardsInAnyOrderKeepTheLaws(long seed) {
    Random random = new Random(seed);
    for (int run = 0; run < 1500; run++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(40); n >= 0; n--) {
        text.append(SHARDS.get(random.nextInt(SHARDS.size())));
      }
      hold(text.toString(), seed, run);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void anyCodePointsKeepTheLaws(long seed) {
    Random random = new Random(seed);
    for (int run = 0; run < 1000; run++) {
      int[] codePoints = new int[random.nextInt(60)];
      for (int i = 0; i < codePoints.length; i++) {
        codePoints[i] = random.nextInt(random.nextInt(4) == 0 ? 0x110000 : 128);
      }
      hold(new String(codePoints, 0, codePoints.length), seed, run);
    }
  }

  private static void hold(String text, long seed, int run) {
    try {
      PieceLaws.hold(text);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ", run " + run + ": " + text, e);
    }
  }
}
