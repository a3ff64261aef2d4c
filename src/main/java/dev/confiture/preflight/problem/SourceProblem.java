package dev.confiture.preflight.problem;

/** A problem with the source of the schema: it could not be reached or read. */
public final class SourceProblem extends Problem {

  private static final long serialVersionUID = 1L;

  /** Makes a problem from what was being done and what to try next, which may be empty. */
  public SourceProblem(String message, String hint) {
    super(message, hint);
  }

  /** Makes a problem with the exception that caused it. */
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
