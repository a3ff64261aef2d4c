package dev.confiture.preflight.source;

/** What is said where facts and schema are not of one moment. */
public final class Moments {

  /** The warning. */
  public static final String LOST =
      "the server lends its snapshot to no other session: what is applied and the schema are not of"
          + " one moment, and a deployment in between makes them disagree";

  private Moments() {}
}
