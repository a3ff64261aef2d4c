package dev.confiture.preflight.action;

import dev.confiture.preflight.Options;
import dev.confiture.preflight.Preflight;
import dev.confiture.preflight.Progress;
import dev.confiture.preflight.action.Results.Conclusion;
import dev.confiture.preflight.problem.Problem;
import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.rehearsal.Stop;
import dev.confiture.preflight.report.Report;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Runs one step of a workflow: from the runner's environment to its files and the exit code. */
public final class Action {

  /** The time to end in: the runner kills a cancelled step ten seconds after it has asked. */
  public static final Duration GRACE = Duration.ofSeconds(8);

  private final Map<String, String> environment;
  private final Inputs inputs;
  private final StepLog log;
  private final Results results;
  private final Stop stop;
  private volatile Optional<Conclusion.Rehearsed> found = Optional.empty();

  /**
   * Prepares a step.
   *
   * @param environment what the runner sets: {@code INPUT_*}, {@code GITHUB_*}
   * @param out the step's standard output, in UTF-8
   * @param stop asked when the step is cancelled
   */
  public Action(Map<String, String> environment, PrintStream out, Stop stop) {
    this.environment = environment;
    this.inputs = new Inputs(environment);
    this.log = new StepLog(out);
    this.results = new Results(environment, inputs, log);
    this.stop = stop;
  }

  /**
   * Runs the step and returns its exit code: 0, 1 if it fails by {@code fail_on}, 2 if nothing
   * could be rehearsed.
   */
  public int run() {
    // Before anything else is printed.
    Masks.of(inputs).forEach(log::mask);
    results.begin();
    Conclusion conclusion = conclude();
    return results.claim() ? publish(conclusion) : Results.NOT_DONE;
  }

  /**
   * Ends a cancelled step that did not end within {@link #GRACE} after it was asked to: its results
   * must be written before the runner kills it.
   */
  public void abandon() {
    if (results.claim()) {
      publish(
          found
              .<Conclusion>map(known -> known)
              .orElseGet(
                  () ->
                      new Conclusion.NotDone(
                          new SandboxProblem(
                              "a signal ended the rehearsal, and what was being done did not end in"
                                  + " time",
                              "run it again"))));
    }
  }

  private int publish(Conclusion conclusion) {
    try {
      return results.publish(conclusion);
    } catch (Throwable failed) {
      // Whatever went wrong while results were shown, the step must not look like a pass.
      return results.giveUp(failed);
    }
  }

  private Conclusion conclude() {
    try {
      Optional<String> skipped =
          MissingSource.skips(inputs, MissingSource.PullRequest.of(environment));
      if (skipped.isPresent()) {
        return new Conclusion.Skipped(skipped.get());
      }
      Workspace workspace = Workspace.of(environment, inputs);
      results.prepare(workspace);
      Options options = StepOptions.of(inputs, workspace, environment);
      StepOptions.withoutEffect(inputs).forEach(results::warn);
      String localCommand = LocalCommand.of(options);
      Progress progress = log::say;
      return new Conclusion.Rehearsed(
          Preflight.run(options, progress.giving(report -> found(report, localCommand)), stop),
          localCommand);
    } catch (Problem problem) {
      return new Conclusion.NotDone(Loopback.explained(problem, inputs));
    } catch (Throwable thrown) {
      return new Conclusion.Crashed(thrown);
    }
  }

  private void found(Report report, String localCommand) {
    found = Optional.of(new Conclusion.Rehearsed(report, localCommand));
    results.keep(report);
  }
}
