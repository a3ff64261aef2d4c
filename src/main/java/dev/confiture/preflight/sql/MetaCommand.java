package dev.confiture.preflight.sql;

import java.util.Set;

/**
 * A psql command, from its backslash to the end of its line or to the next backslash outside
 * quotes.
 *
 * @param name without the backslash, for example {@code restrict}
 */
public record MetaCommand(int start, int end, String name) implements Piece {

  /** Those that change what psql shows, and no more. */
  private static final Set<String> DISPLAY =
      Set.of("echo", "qecho", "warn", "timing", "pset", "x", "a", "t");

  /** Whether it changes only what psql shows, or guards a restore: the SQL means the same. */
  public boolean isWithoutEffect() {
    return DISPLAY.contains(name) || name.equals("restrict") || name.equals("unrestrict");
  }
}
