package dev.confiture.preflight.problem;

import java.util.Locale;

/** The ledger of a configured database cannot tell which migrations are pending. */
public final class TrackingTableProblem extends Problem {

  private static final long serialVersionUID = 1L;

  private final State state;

  /** The fault of the table: both look alike in a report, and are mended differently. */
  public enum State {
    /** The database has no such table. */
    ABSENT,
    /** The table has no row, and the database is in use. */
    EMPTY
  }

  /** Says what was being done, and what to try next. */
  public TrackingTableProblem(State state, String message, String hint) {
    super(message, hint);
    this.state = state;
  }

  private TrackingTableProblem(State state, String message, String hint, Throwable cause) {
    super(message, hint, cause);
    this.state = state;
  }

  @Override
  public TrackingTableProblem adding(String sentence) {
    return new TrackingTableProblem(state, text() + sentence, hint().orElse(""), this);
  }

  @Override
  public String kind() {
    return "tracking_table_" + state.name().toLowerCase(Locale.ROOT);
  }
}
