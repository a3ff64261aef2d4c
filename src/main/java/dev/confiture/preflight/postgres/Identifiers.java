package dev.confiture.preflight.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Writes names and literals in the <a
 * href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">syntax</a> of SQL, and
 * knows the words that cannot be names.
 */
public final class Identifiers {

  /** The longest name in bytes: {@code NAMEDATALEN - 1} of an ordinary build. */
  static final int LONGEST = 63;

  private Identifiers() {}

  /** Returns the name as the server stores it, truncated where it is too long. */
  public static String truncated(String name) {
    return name.length() * 3 <= LONGEST ? name : cut(name, LONGEST);
  }

  /** Returns as much of the name as fits these bytes, in whole characters. */
  static String cut(String name, int most) {
    int bytes = 0;
    int end = 0;
    while (end < name.length()) {
      int character = name.codePointAt(end);
      bytes += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
      if (bytes > most) {
        break;
      }
      end += Character.charCount(character);
    }
    return name.substring(0, end);
  }

  /** Returns the name in double quotes, so that it is not folded. */
  public static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Returns the qualified name with each part in double quotes. */
  public static String quote(QualifiedName name) {
    return name.schema().map(s -> quote(s) + ".").orElse("") + quote(name.name());
  }

  /**
   * Returns the text as a literal that is right under either {@code standard_conforming_strings}.
   */
  public static String literal(String text) {
    String doubled = text.replace("'", "''");
    return text.indexOf('\\') < 0
        ? "'" + doubled + "'"
        : " E'" + doubled.replace("\\", "\\\\") + "'";
  }

  /**
   * Returns true if the word, in any case, is a <a
   * href="https://www.postgresql.org/docs/current/sql-keywords-appendix.html">key word</a> that
   * cannot be the name of a table without quotes; a test compares them with the servers' own.
   */
  public static boolean isReserved(String word) {
    return reservedWords().contains(word.toLowerCase(Locale.ROOT));
  }

  private static Set<String> reservedWords() {
    try (InputStream in = Identifiers.class.getResourceAsStream("reserved-words.txt")) {
      byte[] bytes = Objects.requireNonNull(in).readAllBytes();
      return Set.of(new String(bytes, StandardCharsets.US_ASCII).split("\n"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("reading a resource of the program's own", unreadable);
    }
  }
}
