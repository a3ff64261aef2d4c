package dev.confiture.preflight.sql;

/** A part of a script. The pieces, put together, are the script's text exactly. */
public sealed interface Piece permits Statement, CopyData, MetaCommand, Trivia {

  /** Its first code point. */
  int start();

  /** The code point after its last. */
  int end();
}
