package dev.confiture.preflight.action;

import dev.confiture.preflight.Options;
import dev.confiture.preflight.action.Results.Conclusion;
import dev.confiture.preflight.report.Annotations;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.report.StepSummary;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * Shows the report of a command line that a <a
 * href="https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands">workflow's</a>
 * own step runs, as the Action does: annotations, the job summary, and the step's outputs.
 */
public final class OnRunner {

  private final Map<String, String> environment;
  private final StepLog log;

  private OnRunner(Map<String, String> environment, PrintStream err) {
    this.environment = environment;
    this.log = new StepLog(err);
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
    write(StepOutputs.unfinished());
  }

  /** Shows how a run ended. */
  public void show(Report report, Options options) {
    String command = LocalCommand.of(options);
    log.annotate(Annotations.of(report));
    append("GITHUB_STEP_SUMMARY", StepSummary.write(report, command));
    write(StepOutputs.of(new Conclusion.Rehearsed(report, command), Optional.empty()));
  }

  private void write(StepOutputs outputs) {
    try {
      Optional<Path> file = file("GITHUB_OUTPUT");
      if (file.isPresent()) {
        outputs.appendTo(file.get());
      }
    } catch (IOException failed) {
      log.say("the outputs could not be written: " + failed);
    }
  }

  private void append(String variable, String text) {
    try {
      Optional<Path> file = file(variable);
      if (file.isPresent()) {
        Files.writeString(file.get(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
    } catch (IOException failed) {
      log.say("the job summary could not be written: " + failed);
    }
  }

  private Optional<Path> file(String variable) {
    return Optional.of(environment.getOrDefault(variable, ""))
        .filter(value -> !value.isEmpty())
        .map(Path::of);
  }
}
