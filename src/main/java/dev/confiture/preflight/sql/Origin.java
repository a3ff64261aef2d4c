package dev.confiture.preflight.sql;

/** Where the code points of a derived text stand in the file that it comes from. */
public interface Origin {

  /** The place of an offset, or the nearest that is known. */
  Position position(int offset);

  /** Whether it is the very place: the file has the same code point there. */
  boolean isExact(int offset);
}
