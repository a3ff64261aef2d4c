package dev.confiture.preflight.sql;

/**
 * A part of a text.
 *
 * @param start its first code point
 * @param end the one after its last
 */
public record Span(int start, int end) {

  /** Returns true if the offset is inside. */
  public boolean contains(int offset) {
    return start <= offset && offset < end;
  }

  /** Returns true if the other one is inside, or the same. */
  public boolean covers(Span other) {
    return start <= other.start && other.end <= end;
  }
}
