package dev.confiture.preflight.sql;

/**
 * The data lines of a {@code COPY … FROM stdin}, from the line after it on.
 *
 * @param copy the statement that reads them; others may follow it on its line
 * @param end after the line {@code \.}, or the end of the text where that is missing
 * @param rows the lines without that last one
 */
public record CopyData(Statement copy, int start, int end, String rows) implements Piece {}
