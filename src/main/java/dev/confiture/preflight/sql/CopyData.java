package dev.confiture.preflight.sql;

/**
 * The data lines after a {@code COPY … FROM stdin}.
 *
 * @param end after the line {@code \.}, or the end of the text where that is missing
 * @param rows the lines without that last one
 */
public record CopyData(int start, int end, String rows) implements Piece {}
