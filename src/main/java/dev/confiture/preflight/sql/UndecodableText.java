package dev.confiture.preflight.sql;

/**
 * Bytes that are not UTF-8.
 *
 * @param line of the first bad byte, from 1
 * @param column of it, in bytes from 1
 * @param byteValue that byte, 0 to 255
 */
public record UndecodableText(int line, int column, int byteValue) implements DecodedText {}
