package dev.confiture.preflight.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Knows the <a href="https://www.postgresql.org/docs/current/sql-keywords-appendix.html">key
 * words</a> that cannot be the name of a table without quotes; a test compares them with the
 * servers' own.
 */
public final class ReservedWords {

  private ReservedWords() {}

  /** Returns true if the word, in any case, is reserved. */
  public static boolean contains(String word) {
    return all().contains(word.toLowerCase(Locale.ROOT));
  }

  private static Set<String> all() {
    try (InputStream in = ReservedWords.class.getResourceAsStream("reserved-words.txt")) {
      byte[] bytes = Objects.requireNonNull(in).readAllBytes();
      return Set.of(new String(bytes, StandardCharsets.US_ASCII).split("\n"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("reading a resource of the program's own", unreadable);
    }
  }
}
