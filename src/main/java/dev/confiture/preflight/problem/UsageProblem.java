package dev.confiture.preflight.problem;

/** A problem with the call: the options, or the files that they name, make no sense. */
public final class UsageProblem extends Problem {

  private static final long serialVersionUID = 1L;

  /** Makes a problem from what was being done and what to try next, which may be empty. */
  public UsageProblem(String message, String hint) {
    super(message, hint);
  }

  /** Makes a problem with the exception that caused it. */
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
