package dev.confiture.preflight.report;

import dev.confiture.preflight.rehearsal.Place;
import dev.confiture.preflight.sql.SourceText;
import java.util.ArrayList;
import java.util.List;

/**
 * Names the characters around a failure that cannot be seen, or told from those of SQL: a blank
 * that is none to PostgreSQL, a quote of a word processor's, a letter of another script in a word.
 */
final class OddCharacters {

  private static final int MOST = 3;

  private final List<String> found = new ArrayList<>();

  private OddCharacters() {}

  /** Returns a clause for each on the place's lines, and on the one before it. */
  static List<String> of(SourceText source, Place place) {
    OddCharacters odd = new OddCharacters();
    int last = Math.min(source.lineCount(), Math.max(place.start().line(), place.end().line()));
    for (int n = Math.max(1, place.start().line() - 1); n <= last; n++) {
      odd.read(source.line(n), n);
    }
    return odd.found.subList(0, Math.min(MOST, odd.found.size()));
  }

  private void read(String line, int number) {
    int[] characters = line.codePoints().toArray();
    boolean inString = false;
    for (int i = 0; i < characters.length; i++) {
      if (!inString
          && characters[i] == '-'
          && i + 1 < characters.length
          && characters[i + 1] == '-') {
        return;
      }
      if (characters[i] == '\'') {
        inString = !inString;
      } else if (!inString && isOdd(characters, i)) {
        found.add(
            "line %d, column %d holds U+%04X (%s)"
                .formatted(number, i + 1, characters[i], Character.getName(characters[i])));
      }
    }
  }

  private static boolean isOdd(int[] line, int at) {
    int c = line[at];
    if (c < 0x80) {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.FORMAT,
          Character.CONTROL,
          Character.DASH_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION ->
          true;
      case Character.OTHER_PUNCTUATION, Character.MATH_SYMBOL, Character.START_PUNCTUATION ->
          isWide(c) || c == 0x037E || c == 0x2032 || c == 0x2033 || c == 0x2212 || c == 0x201E;
      case Character.LOWERCASE_LETTER, Character.UPPERCASE_LETTER ->
          isWide(c) || (isLookalike(c) && isBesideAscii(line, at));
      default -> isWide(c);
    };
  }

  /** Returns true for the wide forms of ASCII. */
  private static boolean isWide(int c) {
    return c >= 0xFF01 && c <= 0xFF5E;
  }

  private static boolean isLookalike(int c) {
    Character.UnicodeScript script = Character.UnicodeScript.of(c);
    return script == Character.UnicodeScript.CYRILLIC || script == Character.UnicodeScript.GREEK;
  }

  /** Returns true if the word around a letter has letters of ASCII too. */
  private static boolean isBesideAscii(int[] line, int at) {
    int from = at;
    while (from > 0 && isOfWord(line[from - 1])) {
      from--;
    }
    for (int i = from; i < line.length && isOfWord(line[i]); i++) {
      if (line[i] < 0x80 && Character.isLetter(line[i])) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfWord(int c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
