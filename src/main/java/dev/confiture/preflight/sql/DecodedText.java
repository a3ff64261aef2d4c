package dev.confiture.preflight.sql;

/** The bytes of a file, read as UTF-8. */
public sealed interface DecodedText permits SourceText, DecodedText.UndecodableText {

  /**
   * Bytes that are not UTF-8.
   *
   * @param line the line of the first invalid byte, from 1
   * @param column its column, in bytes from 1
   * @param byteValue its value, 0 to 255
   */
  record UndecodableText(int line, int column, int byteValue) implements DecodedText {}
}
