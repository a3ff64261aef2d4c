package dev.confiture.preflight.migrations;

/** How executing a Python file ended. */
public sealed interface RecordingEnd {

  /** All of {@code up} was executed. */
  record Complete() implements RecordingEnd {}

  /**
   * The rest cannot be told here.
   *
   * @param reason why, as a sentence
   * @param line where; 0 where that is not known
   */
  record Unverifiable(String reason, int line) implements RecordingEnd {}

  /**
   * The file fails before its SQL does.
   *
   * @param message Python's words, or confiture's
   * @param line where; 0 where that is not known
   * @param column where in the line, from 1; 0 where that is not known
   */
  record Failed(String message, int line, int column) implements RecordingEnd {}
}
