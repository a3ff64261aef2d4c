package dev.confiture.preflight.verdict;

import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds the characters of a statement that cannot be seen, or told from those of SQL: a blank that
 * is part of a name to PostgreSQL, a quote of a word processor's, a letter of another script in a
 * word. In strings and comments they do no harm.
 */
final class OddCharacters {

  private static final int MOST = 3;
  private static final Set<Token.Kind> BARE =
      Set.of(Token.Kind.WORD, Token.Kind.NUMBER, Token.Kind.OPERATOR);

  private OddCharacters() {}

  /** Returns a clause for each of the first. */
  static List<String> of(Statement statement) {
    List<String> found = new ArrayList<>();
    for (Token token : statement.tokens()) {
      if (BARE.contains(token.kind())) {
        int[] characters = token.text().codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
          if (isOdd(characters, i) && found.size() < MOST) {
            Position at = statement.source().position(token.start() + i);
            found.add(
                "line %d, column %d holds U+%04X (%s)"
                    .formatted(
                        at.line(), at.column(), characters[i], Character.getName(characters[i])));
          }
        }
      }
    }
    return found;
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
