package dev.confiture.preflight.sql;

/**
 * A psql command, from its backslash to the end of its line.
 *
 * @param name without the backslash, for example {@code restrict}
 */
public record MetaCommand(int start, int end, String name) implements Piece {}
