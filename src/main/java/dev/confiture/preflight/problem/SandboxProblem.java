package dev.confiture.preflight.problem;

/** A problem with the sandbox: there is none, the schema could not be restored, or it was lost. */
public final class SandboxProblem extends Problem {

  private static final long serialVersionUID = 1L;

  /** Makes a problem from what was being done and what to try next, which may be empty. */
  public SandboxProblem(String message, String hint) {
    super(message, hint);
  }

  /** Makes a problem with the exception that caused it. */
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
