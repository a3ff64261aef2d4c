package dev.confiture.preflight.problem;

/** The options or the files they name make no sense. */
public final class UsageProblem extends Problem {

  private static final long serialVersionUID = 1L;

  /** Says what was being done, and what to try next (empty where nothing can be said). */
  public UsageProblem(String message, String hint) {
    super(message, hint);
  }

  /** Says the same, with the exception behind it. */
  public UsageProblem(String message, String hint, Throwable cause) {
    super(message, hint, cause);
  }

  @Override
  public UsageProblem adding(String sentence) {
    return new UsageProblem(text() + sentence, hint().orElse(""), this);
  }

  @Override
  public String kind() {
    return "usage";
  }
}
