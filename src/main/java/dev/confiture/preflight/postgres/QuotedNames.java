package dev.confiture.preflight.postgres;

import java.util.ArrayList;
import java.util.List;

/** The names that a message of the server puts between double quotes, in its order. */
public final class QuotedNames {

  private QuotedNames() {}

  /** The names as they are quoted: {@code schema.name} may be one of them. */
  public static List<String> in(String message) {
    List<String> names = new ArrayList<>();
    int open = message.indexOf('"');
    while (open >= 0) {
      int close = message.indexOf('"', open + 1);
      if (close < 0) {
        break;
      }
      names.add(message.substring(open + 1, close));
      open = message.indexOf('"', close + 1);
    }
    return names;
  }
}
