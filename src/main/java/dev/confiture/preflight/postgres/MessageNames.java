package dev.confiture.preflight.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the names in a message of the server: whatever its language, they stand in it between
 * double quotes or as whole words.
 */
public final class MessageNames {

  private MessageNames() {}

  /**
   * Returns the texts between double quotes in their order; one may be a {@code schema.name}. The
   * server does not double a quote within a name: one before a letter or digit is the name's own.
   */
  public static List<String> quoted(String message) {
    List<String> names = new ArrayList<>();
    int open = message.indexOf('"');
    while (open >= 0) {
      int close = closing(message, open);
      if (close < 0) {
        break;
      }
      names.add(message.substring(open + 1, close));
      open = message.indexOf('"', close + 1);
    }
    return names;
  }

  private static int closing(String message, int open) {
    int first = message.indexOf('"', open + 1);
    int close = first;
    while (close >= 0
        && close + 1 < message.length()
        && isAsciiNamePart(message.charAt(close + 1))) {
      close = message.indexOf('"', close + 1);
    }
    return close < 0 ? first : close;
  }

  private static boolean isAsciiNamePart(char c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || c == '_');
  }

  /** Returns the same, each {@code schema.name} followed by its last part. */
  public static List<String> quotedAndParts(String message) {
    List<String> names = new ArrayList<>();
    for (String name : quoted(message)) {
      names.add(name);
      QualifiedName qualified = QualifiedName.ofMessage(name);
      if (qualified.schema().isPresent()) {
        names.add(qualified.name());
      }
    }
    return names;
  }

  /** Returns the words of a message in their order, those between quotes among them. */
  public static List<String> words(String message) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i <= message.length(); i++) {
      char c = i < message.length() ? message.charAt(i) : ' ';
      if (Character.isLetterOrDigit(c) || c == '_' || c == '$') {
        word.append(c);
      } else if (!word.isEmpty()) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    return words;
  }

  /** Returns the words as names: those with a dot between them are a schema's and an object's. */
  public static List<QualifiedName> names(String message) {
    List<QualifiedName> names = new ArrayList<>();
    for (String text : message.replace("\"", "").split("[^\\p{L}\\p{N}_$.]+", -1)) {
      String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
      if (!name.isEmpty()) {
        names.add(QualifiedName.ofMessage(name));
      }
    }
    return names;
  }
}
