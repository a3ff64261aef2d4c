package dev.confiture.preflight.action;

import dev.confiture.preflight.report.Annotations.Annotation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * The files through which a step tells the runner its <a
 * href="https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#environment-files">outputs
 * and summary</a>; what cannot be written is said in the log.
 */
final class RunnerFiles {

  private final Map<String, String> environment;
  private final StepLog log;

  RunnerFiles(Map<String, String> environment, StepLog log) {
    this.environment = environment;
    this.log = log;
  }

  /** Adds to the job summary. */
  void summarise(String markdown) {
    try {
      Optional<Path> file = file("GITHUB_STEP_SUMMARY");
      if (file.isPresent()) {
        Files.writeString(
            file.get(), markdown, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
    } catch (IOException failed) {
      log.say("the job summary could not be written: " + failed);
    }
  }

  /** Sets the step's outputs. */
  void set(StepOutputs outputs) {
    try {
      Optional<Path> file = file("GITHUB_OUTPUT");
      if (file.isPresent()) {
        outputs.appendTo(file.get());
      }
    } catch (IOException failed) {
      log.annotate(
          Annotation.of(
              Annotation.Level.ERROR,
              "Preflight could not write its outputs",
              String.valueOf(failed)));
    }
  }

  private Optional<Path> file(String variable) {
    return Optional.of(environment.getOrDefault(variable, ""))
        .filter(value -> !value.isEmpty())
        .map(Path::of);
  }
}
