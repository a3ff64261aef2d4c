package dev.confiture.preflight.problem;

/** The schema could not be pulled from production, or the schema file not read. */
public final class SourceProblem extends Problem {

  private static final long serialVersionUID = 1L;

  /** Says what was being done, and what to try next (empty where nothing can be said). */
  public SourceProblem(String message, String hint) {
    super(message, hint);
  }

  /** Says the same, with the exception behind it. */
  public SourceProblem(String message, String hint, Throwable cause) {
    super(message, hint, cause);
  }

  @Override
  public SourceProblem adding(String sentence) {
    return new SourceProblem(text() + sentence, hint().orElse(""), this);
  }

  @Override
  public String kind() {
    return "source";
  }
}
