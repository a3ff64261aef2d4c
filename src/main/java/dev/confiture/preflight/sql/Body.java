package dev.confiture.preflight.sql;

/**
 * The quoted body of a DO block or function.
 *
 * @param openingOffset of its opening quote: PL/pgSQL counts lines from the one that holds it
 * @param contentStart the first code point of the body
 * @param contentEnd the one after its last
 * @param text the body as written
 */
public record Body(int openingOffset, int contentStart, int contentEnd, String text) {}
