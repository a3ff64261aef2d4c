package dev.confiture.preflight.sql;

/**
 * A psql command, from its backslash to the end of its line or to the next backslash outside
 * quotes.
 *
 * @param name without the backslash, for example {@code restrict}
 */
public record MetaCommand(int start, int end, String name) implements Piece {}
