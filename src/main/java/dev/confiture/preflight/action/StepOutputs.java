package dev.confiture.preflight.action;

import dev.confiture.preflight.action.Results.Conclusion;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Collects the step's outputs; until something is known, those of a step that crashed. */
final class StepOutputs {

  private final Map<Output, String> values = new EnumMap<>(Output.class);

  private StepOutputs(Verdict verdict) {
    for (Output output : Output.values()) {
      values.put(output, "");
    }
    for (Output count :
        new Output[] {
          Output.TOTAL,
          Output.PENDING,
          Output.PASSED,
          Output.FAILED,
          Output.BLOCKED,
          Output.UNVERIFIED,
          Output.SKIPPED
        }) {
      values.put(count, "0");
    }
    values.put(Output.VERDICT, verdict.word());
    values.put(Output.ALL_PASSED, String.valueOf(false));
  }

  /** Returns the outputs of a step that has not ended. */
  static StepOutputs unfinished() {
    return new StepOutputs(Verdict.ERROR);
  }

  static StepOutputs of(Conclusion conclusion, Optional<String> json) {
    StepOutputs outputs =
        switch (conclusion) {
          case Conclusion.Rehearsed(Report report, _) -> of(report);
          case Conclusion.Skipped(String reason) -> {
            StepOutputs skipped = new StepOutputs(Verdict.SKIPPED);
            skipped.values.put(Output.SKIPPED_REASON, reason);
            yield skipped;
          }
          case Conclusion.NotDone _, Conclusion.Crashed _ -> new StepOutputs(Verdict.ERROR);
        };
    json.ifPresent(path -> outputs.values.put(Output.JSON_PATH, path));
    return outputs;
  }

  private static StepOutputs of(Report report) {
    StepOutputs outputs = new StepOutputs(report.verdict());
    Report.Counts counts = report.counts();
    outputs.put(Output.TOTAL, counts.total());
    outputs.put(Output.PENDING, report.pending().versions().size());
    outputs.put(Output.PASSED, counts.passed());
    outputs.put(Output.FAILED, counts.failed());
    outputs.put(Output.BLOCKED, counts.blocked());
    outputs.put(Output.UNVERIFIED, counts.unverified());
    outputs.put(Output.SKIPPED, counts.skipped());
    report
        .sandbox()
        .ifPresent(
            where -> {
              outputs.values.put(Output.ISOLATION, where.isolation());
              outputs.values.put(Output.SANDBOX_VERSION, where.serverVersion());
            });
    report.sourceVersion().ifPresent(version -> outputs.values.put(Output.SOURCE_VERSION, version));
    outputs.values.put(Output.ALL_PASSED, String.valueOf(report.allPassed()));
    return outputs;
  }

  private void put(Output output, int value) {
    values.put(output, Integer.toString(value));
  }

  /** Returns the value of an output. */
  String value(Output output) {
    return values.getOrDefault(output, "");
  }

  /**
   * Appends the outputs to the runner's file; each value between random marks, so that none can end
   * early.
   */
  void appendTo(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    // In the order of the constants: the last word on all_passed is ours.
    values.forEach(
        (output, value) -> {
          String mark = "ghadelimiter_" + UUID.randomUUID();
          text.append(output.id()).append("<<").append(mark).append('\n');
          text.append(value).append('\n').append(mark).append('\n');
        });
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /**
   * The action's outputs, in the order in which they are written: {@code all_passed} is the last.
   */
  enum Output {
    VERDICT("passed, failed, unverified, skipped or error"),
    TOTAL("how many migrations were rehearsed or skipped"),
    PENDING("how many migrations are pending"),
    PASSED("how many passed"),
    FAILED("how many failed for their own reason"),
    BLOCKED("how many failed only because of another one"),
    UNVERIFIED("how many this sandbox could not judge"),
    SKIPPED("how many were not executed"),
    SKIPPED_REASON("why nothing was rehearsed, where verdict is skipped"),
    JSON_PATH("the JSON report, relative to the workspace"),
    ISOLATION("clone or savepoint"),
    SOURCE_VERSION("the source's PostgreSQL version"),
    SANDBOX_VERSION("the sandbox's PostgreSQL version"),
    ALL_PASSED("true or false, and nothing else, on every path");

    private final String meaning;

    Output(String meaning) {
      this.meaning = meaning;
    }

    /** Returns the name, as a workflow reads it. */
    String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the meaning, as action.yml has it. */
    String meaning() {
      return meaning;
    }
  }
}
