package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.ServerError;
import java.util.ArrayList;
import java.util.List;

/** The names that a server message quotes, in its order. */
final class MessageNames {

  private MessageNames() {}

  /** Names between double quotes; {@code "schema.name"} gives its last part too. */
  static List<String> quoted(String message) {
    List<String> names = new ArrayList<>();
    int open = message.indexOf('"');
    while (open >= 0) {
      int close = message.indexOf('"', open + 1);
      if (close < 0) {
        break;
      }
      String name = message.substring(open + 1, close);
      names.add(name);
      int dot = name.lastIndexOf('.');
      if (dot > 0 && dot + 1 < name.length()) {
        names.add(name.substring(dot + 1));
      }
      open = message.indexOf('"', close + 1);
    }
    return names;
  }

  /** The names of the message, and those without quotes that stand in it as whole words. */
  static List<String> all(ServerError error) {
    List<String> names = new ArrayList<>(quoted(error.message()));
    StringBuilder word = new StringBuilder();
    boolean inQuotes = false;
    for (int i = 0; i <= error.message().length(); i++) {
      char c = i < error.message().length() ? error.message().charAt(i) : ' ';
      if (c == '"') {
        inQuotes = !inQuotes;
      } else if (!inQuotes && (Character.isLetterOrDigit(c) || c == '_' || c == '$')) {
        word.append(c);
        continue;
      }
      if (!word.isEmpty()) {
        names.add(word.toString());
        word.setLength(0);
      }
    }
    return names;
  }
}
