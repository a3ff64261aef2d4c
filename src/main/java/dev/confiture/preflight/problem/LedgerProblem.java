package dev.confiture.preflight.problem;

import java.util.Locale;

/** The ledger that a configuration names cannot tell which migrations are pending. */
public final class LedgerProblem extends Problem {

  private static final long serialVersionUID = 1L;

  private final State state;

  /** The ways in which a ledger fails to tell, each with a remedy of its own. */
  public enum State {
    /** The table does not exist. */
    ABSENT,
    /** The table holds no rows, and the database is in use. */
    EMPTY
  }

  /** Makes a problem whose message tells what was being done, and whose hint tells what to try. */
  public LedgerProblem(State state, String message, String hint) {
    super(message, hint);
    this.state = state;
  }

  private LedgerProblem(State state, String message, String hint, Throwable cause) {
    super(message, hint, cause);
    this.state = state;
  }

  @Override
  public LedgerProblem adding(String sentence) {
    return new LedgerProblem(state, text() + sentence, hint().orElse(""), this);
  }

  @Override
  public String kind() {
    return "tracking_table_" + state.name().toLowerCase(Locale.ROOT);
  }
}
