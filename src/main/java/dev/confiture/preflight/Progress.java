package dev.confiture.preflight;

/** Shows the steps of a run to someone who waits. */
@FunctionalInterface
public interface Progress {

  /** Shows nothing. */
  Progress NONE = _ -> {};

  /**
   * Shows a step that has begun, or has come further.
   *
   * @param text a short sentence without a full stop
   */
  void step(String text);
}
