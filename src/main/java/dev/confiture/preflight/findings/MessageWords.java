package dev.confiture.preflight.findings;

import dev.confiture.preflight.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.List;

/** The names in a server message: those in quotes first, then every other word of it. */
final class MessageWords {

  private MessageWords() {}

  /** Quoted names in order; where there are none, the words, {@code schema.name} as one. */
  static List<String> names(String message) {
    List<String> quoted = new ArrayList<>();
    StringBuilder bare = new StringBuilder();
    int open = message.indexOf('"');
    int from = 0;
    while (open >= 0) {
      int close = message.indexOf('"', open + 1);
      if (close < 0) {
        break;
      }
      quoted.add(message.substring(open + 1, close));
      bare.append(message, from, open).append(' ');
      from = close + 1;
      open = message.indexOf('"', from);
    }
    if (!quoted.isEmpty()) {
      return quoted;
    }
    bare.append(message.substring(from));
    return words(bare.toString());
  }

  /** {@code schema.name} of a message as a name with its schema. */
  static QualifiedName qualified(String text) {
    int dot = text.lastIndexOf('.');
    return dot > 0 && dot + 1 < text.length()
        ? QualifiedName.of(text.substring(0, dot), text.substring(dot + 1))
        : QualifiedName.of(text);
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
