package dev.confiture.preflight;

/** Told what is being done, so that someone who waits can see it. */
@FunctionalInterface
public interface Progress {

  /** Nobody watches. */
  Progress NONE = _ -> {};

  /** A step has begun, or has come further: a short sentence without a full stop. */
  void step(String text);
}
