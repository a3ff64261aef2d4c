package dev.confiture.preflight.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LexerTest {

  @Test
  void lettersBeforeAQuoteBelongToTheString() {
    assertEquals(
        List.of(
            "STRING E'a'",
            "STRING b'1'",
            "STRING X'f'",
            "STRING n'a'",
            "STRING U&'a'",
            "QUOTED_IDENTIFIER u&\"a\""),
        tokens("E'a' b'1' X'f' n'a' U&'a' u&\"a\"", false));
  }

  @Test
  void wordsBeforeAQuoteDoNot() {
    assertEquals(List.of("WORD date", "STRING 'a'"), tokens("date'a'", false));
    assertEquals(List.of("WORD u", "OPERATOR &", "WORD a"), tokens("u&a", false));
  }

  @Test
  void backslashEscapesInEStringsAlways() {
    assertEquals(List.of("STRING E'\\''"), tokens("E'\\''", false));
    assertEquals(List.of("STRING e'\\''"), tokens("e'\\''", true));
  }

  @Test
  void backslashEscapesInPlainStringsWhereTheSettingSaysSo() {
    assertEquals(List.of("STRING '\\'", "PUNCTUATION ;"), tokens("'\\';", false));
    assertEquals(List.of("STRING '\\''", "PUNCTUATION ;"), tokens("'\\'';", true));
    assertEquals(List.of("STRING N'\\''", "PUNCTUATION ;"), tokens("N'\\'';", true));
  }

  @Test
  void backslashEscapesInNoOtherQuotes() {
    assertEquals(
        List.of(
            "STRING U&'\\'", "STRING B'\\'", "QUOTED_IDENTIFIER \"\\\"", "DOLLAR_STRING $$\\$$"),
        tokens("U&'\\' B'\\' \"\\\" $$\\$$", true));
  }

  @Test
  void dollarQuotesNeedATagThatIsAName() {
    assertEquals(List.of("DOLLAR_STRING $a1$x$a1$"), tokens("$a1$x$a1$", false));
    assertEquals(List.of("PARAMETER $1", "DOLLAR_STRING $$a$$"), tokens("$1$$a$$", false));
    assertEquals(List.of("OPERATOR $", "PUNCTUATION ;"), tokens("$;", false));
    assertEquals(
        List.of("OPERATOR $", "WORD a", "OPERATOR -", "OPERATOR $"), tokens("$a-$", false));
  }

  @Test
  void dollarInAWordStartsNoQuote() {
    assertEquals(List.of("WORD a$b$", "PUNCTUATION ;"), tokens("a$b$;", false));
    assertEquals(List.of("WORD _$$"), tokens("_$$", false));
  }

  @Test
  void tagsAreComparedWithTheirCase() {
    assertEquals(List.of("UNTERMINATED $a$ $A$"), tokens("$a$ $A$", false));
  }

  @Test
  void numbersTakeTheirFractionAndExponent() {
    assertEquals(
        List.of("NUMBER 1.5e-3", "PUNCTUATION ,", "NUMBER .5", "NUMBER 0x1F", "NUMBER 1_000"),
        tokens("1.5e-3,.5 0x1F 1_000", false));
    assertEquals(
        List.of("NUMBER 1", "OPERATOR -", "NUMBER 2", "NUMBER 1e"), tokens("1-2 1e--x", false));
    assertEquals(List.of("NUMBER 1", "PUNCTUATION .", "NUMBER .10"), tokens("1..10", false));
  }

  @Test
  void operatorsEndBeforeAComment() {
    assertEquals(List.of("OPERATOR *", "NUMBER 2"), tokens("*/* / */2", false));
    assertEquals(List.of("OPERATOR +"), tokens("+--", false));
    assertEquals(List.of("OPERATOR <->"), tokens("<->", false));
  }

  @Test
  void commentsNest() {
    assertEquals(List.of("WORD a"), tokens("/* /* */ ' */a", false));
    assertEquals(List.of("UNTERMINATED /* /* */"), tokens("/* /* */", false));
    assertEquals(List.of("UNTERMINATED /*/"), tokens("/*/", false));
  }

  @Test
  void lineCommentsEndWithTheirLine() {
    assertEquals(List.of("WORD a", "WORD b"), tokens("--'\na--\rb", false));
  }

  @Test
  void punctuationIsOneMarkEachButForCasts() {
    assertEquals(
        List.of("PUNCTUATION ::", "PUNCTUATION :", "PUNCTUATION (", "PUNCTUATION ]"),
        tokens(":::(]", false));
  }

  @Test
  void lettersAreWhateverIsNotAscii() {
    assertEquals(List.of("WORD é名🍓$1"), tokens("é名🍓$1", false));
  }

  private static List<String> tokens(String text, boolean backslashes) {
    SourceText source = SourceText.of(text);
    Lexer lexer = new Lexer(source, 0, source.length(), false);
    List<String> tokens = new ArrayList<>();
    while (lexer.hasNext()) {
      Token token = lexer.next(backslashes);
      if (!token.isTrivia()) {
        tokens.add(token.kind() + " " + token.text());
      }
    }
    return tokens;
  }
}
