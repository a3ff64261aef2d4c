package dev.confiture.preflight.findings;

import dev.confiture.preflight.postgres.QuotedNames;
import java.util.ArrayList;
import java.util.List;

/** The names in a server message: those in quotes first, then every other word of it. */
final class MessageWords {

  private MessageWords() {}

  /** Quoted names in order; where there are none, the words, {@code schema.name} as one. */
  static List<String> names(String message) {
    List<String> quoted = QuotedNames.in(message);
    return quoted.isEmpty() ? words(message) : quoted;
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ' ';
      if (Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '.') {
        word.append(c);
      } else if (!word.isEmpty()) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    // The first word names the kind: "column", "function", "type".
    return words.size() > 1 ? words.subList(1, words.size()) : words;
  }
}
