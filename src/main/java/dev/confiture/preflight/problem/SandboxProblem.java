package dev.confiture.preflight.problem;

/** There is nowhere to run, the schema could not be restored there, or the server was lost. */
public final class SandboxProblem extends Problem {

  private static final long serialVersionUID = 1L;

  /** Says what was being done, and what to try next (empty where nothing can be said). */
  public SandboxProblem(String message, String hint) {
    super(message, hint);
  }

  /** Says the same, with the exception behind it. */
  public SandboxProblem(String message, String hint, Throwable cause) {
    super(message, hint, cause);
  }

  @Override
  public SandboxProblem adding(String sentence) {
    return new SandboxProblem(text() + sentence, hint().orElse(""), this);
  }

  @Override
  public String kind() {
    return "sandbox";
  }
}
