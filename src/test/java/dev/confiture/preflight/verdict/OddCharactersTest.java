package dev.confiture.preflight.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OddCharactersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ALTER\u00a0TABLE t ADD x int | 6 U+00A0",
        "ALTER TABLE t\u3000ADD x int | 14 U+3000",
        "SELECT st\u0430tus FROM t | 10 U+0430",
        "SELECT \u201ca\u201d FROM t | 8 U+201C, 10 U+201D",
        "SELECT \u200ba FROM t | 8 U+200B",
        "\u2013\u2013 a comment | 1 U+2013, 2 U+2013",
        "SELECT 1\uff1b | 9 U+FF1B",
        "\ufeffSELECT nosuch | ",
        "SELECT '\u201cquoted\u201d \u00a0' FROM nosuch | ",
        "SELECT nosuch -- \u2013 dash | ",
        "/* it's \u2013 fine */ SELECT nosuch, \"o'clock\u00a0\", $$\u00a0$$ | ",
        "SELECT gr\u00f6\u00dfe FROM \u0442\u0430\u0431\u043b\u0438\u0446\u0430 | ",
      })
  void areNamedWhereTheyCannotBeSeen(String sql, String expected) {
    String found =
        String.join(", ", OddCharacters.of(Script.of(SourceText.of(sql)).statements().getFirst()))
            .replaceAll("line 1, column (\\d+) holds (U\\+[0-9A-F]+) \\([A-Z -]+\\)", "$1 $2");
    assertEquals(expected == null ? "" : expected, found);
  }
}
