package dev.confiture.preflight.migrations;

/** What speaks for a folder being a tool's. */
public sealed interface Detection {

  /** Nothing: the tool would find no migration there. */
  record Nothing() implements Detection {}

  /**
   * The names of the files alone, which other tools use too.
   *
   * @param what as a clause: {@code files named *.up.sql}
   */
  record Names(String what) implements Detection {}

  /**
   * What only this tool's projects have: a marker in a file, a file of its own.
   *
   * @param what as a clause: {@code 0001_a.py imports confiture}
   */
  record Evidence(String what) implements Detection {}
}
