package dev.confiture.preflight.sql;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The value of a string as the server reads it, and where each of its characters stands in the text
 * around it.
 *
 * <p>Offsets are code points. Two strings on two lines are one, as the <a
 * href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">standard</a> has it.
 */
public final class Literal {

  private int[] value = new int[16];
  private int[] places = new int[16];
  private int length;
  private int end;

  private Literal() {}

  /** Returns a part of a text as it stands there. */
  public static Literal of(SourceText source, int start, int end) {
    Literal literal = new Literal();
    for (int at = start; at < end; at++) {
      literal.add(source.codePointAt(at), at);
    }
    literal.end = end;
    return literal;
  }

  /**
   * Returns the string that a token begins, with those on the lines below that continue it; empty
   * for any other token.
   */
  public static Literal of(List<Token> tokens, int index) {
    Literal literal = new Literal();
    Token token = tokens.get(index);
    literal.end = token.end();
    switch (token.kind()) {
      case DOLLAR_STRING -> literal.dollar(token);
      case STRING -> literal.strings(tokens, index);
      case WORD,
          QUOTED_IDENTIFIER,
          NUMBER,
          PARAMETER,
          OPERATOR,
          PUNCTUATION,
          COMMENT,
          WHITESPACE,
          UNTERMINATED -> {}
    }
    return literal;
  }

  /** Returns the same string with the places of the text that another string is the value of. */
  public Literal within(Literal outer) {
    Literal inner = new Literal();
    for (int i = 0; i < length; i++) {
      inner.add(value[i], outer.offset(places[i]));
    }
    inner.end = outer.offset(end);
    return inner;
  }

  /** Returns the value as a text of its own. */
  public SourceText text() {
    return SourceText.of(value());
  }

  /** Returns the value. */
  public String value() {
    return new String(value, 0, length);
  }

  /** Returns the number of its code points. */
  public int length() {
    return length;
  }

  /** Returns the code point of an index. */
  public int codePointAt(int index) {
    return value[index];
  }

  /** Returns the offset at which a code point of the value stands; behind them all, of the end. */
  public int offset(int index) {
    return index < length ? places[index] : end;
  }

  private void add(int codePoint, int place) {
    if (length == value.length) {
      value = Arrays.copyOf(value, length * 2);
      places = Arrays.copyOf(places, length * 2);
    }
    value[length] = codePoint;
    places[length++] = place;
  }

  private void dollar(Token token) {
    String text = token.text();
    int tag = text.codePointCount(0, text.indexOf('$', 1) + 1);
    int[] all = text.codePoints().toArray();
    for (int i = tag; i < all.length - tag; i++) {
      add(all[i], token.start() + i);
    }
    end = token.end() - tag;
  }

  private void strings(List<Token> tokens, int index) {
    boolean escapes = isPrefixed(tokens.get(index), 'e');
    boolean unicode = isPrefixed(tokens.get(index), 'u');
    int last = index;
    while (last + 1 < tokens.size()
        && tokens.get(last + 1).kind() == Token.Kind.STRING
        && tokens.get(last + 1).text().startsWith("'")) {
      last++;
    }
    int escape = !unicode ? -1 : escapeCharacter(tokens, last + 1);
    for (int i = index; i <= last; i++) {
      string(tokens.get(i), escapes, escape);
    }
    end = tokens.get(last).end() - 1;
  }

  private static boolean isPrefixed(Token token, char letter) {
    return Character.toLowerCase(token.text().charAt(0)) == letter;
  }

  private static int escapeCharacter(List<Token> tokens, int index) {
    return index + 1 < tokens.size()
            && tokens.get(index).is("uescape")
            && tokens.get(index + 1).stringValue().length() == 1
        ? tokens.get(index + 1).stringValue().charAt(0)
        : '\\';
  }

  private void string(Token token, boolean escapes, int unicodeEscape) {
    int[] all = token.text().codePoints().toArray();
    int at = 0;
    while (all[at] != '\'') {
      at++;
    }
    at++;
    while (at < all.length - 1) {
      if (all[at] == '\'') {
        add('\'', token.start() + at);
        at += 2;
      } else if (escapes && all[at] == '\\') {
        at = escaped(all, at, token.start());
      } else if (all[at] == unicodeEscape) {
        at = unicode(all, at, token.start());
      } else {
        add(all[at], token.start() + at);
        at++;
      }
    }
  }

  /** Reads what a backslash of {@code E'…'} begins, and returns the index behind it. */
  private int escaped(int[] all, int at, int start) {
    int letter = at + 1 < all.length ? all[at + 1] : '\\';
    int simple = "bfnrt".indexOf(letter);
    if (simple >= 0) {
      add("\b\f\n\r\t".charAt(simple), start + at);
      return at + 2;
    }
    if (letter == 'u' || letter == 'U') {
      int digits = letter == 'u' ? 4 : 8;
      return character(all, at, at + 2, digits, start);
    }
    int byteEnd = byteEnd(all, at);
    return byteEnd == 0 ? plain(letter, at, start) : bytes(all, at, start);
  }

  private int plain(int letter, int at, int start) {
    add(letter, start + at);
    return at + 2;
  }

  /** Reads {@code \0041} and {@code \+000041} of {@code U&'…'}. */
  private int unicode(int[] all, int at, int start) {
    if (at + 1 < all.length && all[at + 1] == all[at]) {
      return plain(all[at], at, start);
    }
    boolean plus = at + 1 < all.length && all[at + 1] == '+';
    return character(all, at, plus ? at + 2 : at + 1, plus ? 6 : 4, start);
  }

  /** Reads a character of so many hexadecimal digits; two surrogates are one. */
  private int character(int[] all, int at, int from, int digits, int start) {
    int last = Math.min(from + digits, all.length - 1);
    int codePoint = number(all, from, last, 16);
    if (length > 0
        && Character.isBmpCodePoint(codePoint)
        && Character.isLowSurrogate((char) codePoint)
        && Character.isBmpCodePoint(value[length - 1])
        && Character.isHighSurrogate((char) value[length - 1])) {
      value[length - 1] = Character.toCodePoint((char) value[length - 1], (char) codePoint);
    } else {
      add(Character.isValidCodePoint(codePoint) ? codePoint : 0xFFFD, start + at);
    }
    return last;
  }

  /** Returns the end of {@code \x41} or {@code \101}; 0 where neither stands there. */
  private static int byteEnd(int[] all, int at) {
    boolean hexadecimal = at + 1 < all.length && all[at + 1] == 'x';
    int from = hexadecimal ? at + 2 : at + 1;
    int last = from;
    while (last < all.length - 1
        && last - from < (hexadecimal ? 2 : 3)
        && Character.digit(all[last], hexadecimal ? 16 : 8) >= 0) {
      last++;
    }
    return all[at] == '\\' && last > from ? last : 0;
  }

  /** Reads the bytes that follow one another, which are UTF-8. */
  private int bytes(int[] all, int from, int start) {
    byte[] bytes = new byte[all.length];
    int[] at = new int[all.length];
    int count = 0;
    int next = from;
    while (next < all.length - 1 && byteEnd(all, next) > 0) {
      boolean hexadecimal = all[next + 1] == 'x';
      int last = byteEnd(all, next);
      bytes[count] =
          (byte) number(all, hexadecimal ? next + 2 : next + 1, last, hexadecimal ? 16 : 8);
      at[count++] = start + next;
      next = last;
    }
    String text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes, 0, count)).toString();
    int read = 0;
    for (int codePoint : text.codePoints().toArray()) {
      add(codePoint, at[Math.min(read, count - 1)]);
      read += codePoint == 0xFFFD ? 1 : utf8Length(codePoint);
    }
    return next;
  }

  private static int utf8Length(int codePoint) {
    return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }

  private static int number(int[] all, int from, int to, int radix) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * radix + Math.max(0, Character.digit(all[i], radix));
    }
    return number;
  }

  /** Returns the tokens of the value, without blanks and comments; their offsets are indexes. */
  public List<Token> tokens() {
    return Lexer.tokens(text(), 0, length);
  }
}
