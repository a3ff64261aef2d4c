package dev.confiture.preflight.seed;

/** Told how far a restore has come. */
@FunctionalInterface
public interface RestoreProgress {

  /** So many statements of so many are done. */
  void done(int statements, int total);
}
