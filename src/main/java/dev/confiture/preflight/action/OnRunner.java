package dev.confiture.preflight.action;

import dev.confiture.preflight.Options;
import dev.confiture.preflight.action.Results.Conclusion;
import dev.confiture.preflight.report.Annotations;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.report.StepSummary;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/**
 * Shows the report of a command line that a <a
 * href="https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands">workflow's</a>
 * own step runs, as the Action does: annotations, the job summary, and the step's outputs.
 */
public final class OnRunner {

  private final StepLog log;
  private final RunnerFiles files;

  private OnRunner(Map<String, String> environment, PrintStream err) {
    this.log = new StepLog(err);
    this.files = new RunnerFiles(environment, log);
  }

  /**
   * Returns it where a runner has started this process.
   *
   * @param err where the runner looks for commands, too: the report has standard output
   */
  public static Optional<OnRunner> of(Map<String, String> environment, PrintStream err) {
    return environment.getOrDefault("GITHUB_ACTIONS", "").equals("true")
        ? Optional.of(new OnRunner(environment, err))
        : Optional.empty();
  }

  /** Says that nothing has passed yet: so it stays where this process ends before it can tell. */
  public void begin() {
    files.set(StepOutputs.unfinished());
  }

  /** Shows how a run ended. */
  public void show(Report report, Options options) {
    String command = LocalCommand.of(options);
    log.annotate(Annotations.of(report));
    files.summarise(StepSummary.write(report, command));
    files.set(StepOutputs.of(new Conclusion.Rehearsed(report, command), Optional.empty()));
  }
}
