package dev.confiture.preflight.problem;

import java.util.List;
import java.util.stream.Collectors;

/** Words that several messages are made of. */
public final class Words {

  private Words() {}

  /** Writes the first of some names, and how many more there are. */
  public static String few(List<?> names, int most) {
    return names.stream().limit(most).map(String::valueOf).collect(Collectors.joining(", "))
        + (names.size() > most ? " and " + (names.size() - most) + " more" : "");
  }
}
