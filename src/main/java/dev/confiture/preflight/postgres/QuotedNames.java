package dev.confiture.preflight.postgres;

import java.util.ArrayList;
import java.util.List;

/** Finds the names that a message of the server puts between double quotes. */
public final class QuotedNames {

  private QuotedNames() {}

  /** Returns the quoted texts in their order; one may be a {@code schema.name}. */
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
