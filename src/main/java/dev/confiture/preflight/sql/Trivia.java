package dev.confiture.preflight.sql;

/** Blanks, comments, lone semicolons, a byte order mark: nothing that a server would execute. */
public record Trivia(int start, int end) implements Piece {}
