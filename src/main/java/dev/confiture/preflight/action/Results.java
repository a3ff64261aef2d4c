package dev.confiture.preflight.action;

import dev.confiture.preflight.Option;
import dev.confiture.preflight.migrations.tools.Locations;
import dev.confiture.preflight.migrations.tools.Tools;
import dev.confiture.preflight.problem.Problem;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.report.Annotations;
import dev.confiture.preflight.report.Annotations.Annotation;
import dev.confiture.preflight.report.JsonReport;
import dev.confiture.preflight.report.Look;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.report.StepSummary;
import dev.confiture.preflight.report.TableReport;
import dev.confiture.preflight.verdict.FailOn;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.Outcome;
import dev.confiture.preflight.verdict.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Shows how a step ended: in the log, annotations, summary, JSON file and outputs. */
final class Results {

  private static final int PASSED = 0;
  private static final int FAILURES_FOUND = 1;

  /** The exit code where nothing could be rehearsed. */
  static final int NOT_DONE = 2;

  private final RunnerFiles files;
  private final Inputs inputs;
  private final StepLog log;
  private final AtomicBoolean taken = new AtomicBoolean();
  private volatile Optional<Workspace> workspace = Optional.empty();
  private volatile Optional<Path> json = Optional.empty();
  private volatile boolean written;

  Results(Map<String, String> environment, Inputs inputs, StepLog log) {
    this.files = new RunnerFiles(environment, log);
    this.inputs = inputs;
    this.log = log;
  }

  /** Checks early what can be wrong with the places where results go. */
  void prepare(Workspace opened) {
    workspace = Optional.of(opened);
    inputs.get(Option.FAIL_ON);
    inputs.get(Option.ANNOTATIONS);
    inputs.get(Option.SUMMARY);
    json = inputs.find(Option.JSON_FILE).map(file -> opened.written(Option.JSON_FILE, file));
    json.ifPresent(file -> refuseInput(opened, file));
  }

  /** Refuses to write the report over a file that the run reads. */
  private void refuseInput(Workspace opened, Path file) {
    List<Path> read = new ArrayList<>();
    for (Option<Path> option :
        List.of(Option.SCHEMA_FILE, Option.APPLIED_FROM, Option.CONFIG, Option.SOURCE_CA_FILE)) {
      inputs.find(option).map(opened.base()::resolve).ifPresent(read::add);
    }
    inputs
        .find(Option.ENV)
        .map(Tools::environment)
        .map(opened.base()::resolve)
        .ifPresent(read::add);
    Path migrations =
        inputs
            .find(Option.MIGRATIONS_DIR)
            .map(opened.base()::resolve)
            .orElseGet(() -> Locations.find(opened.base(), inputs.tool()));
    String name = String.valueOf(file.getFileName());
    if (name.endsWith(".sql") || name.endsWith(".py") || name.endsWith(".yaml")) {
      read.add(migrations.resolve(name));
    }
    for (Path each : read) {
      try {
        if (Files.exists(file) && Files.exists(each) && Files.isSameFile(file, each)) {
          json = Optional.empty();
          throw new UsageProblem(
              "the input json_file, " + file + ", is a file that the run reads",
              "name another file");
        }
      } catch (IOException unreadable) {
        throw new UsageProblem(
            "the input json_file, " + file + ", cannot be looked up",
            "name another file",
            unreadable);
      }
    }
  }

  /** Says that nothing has passed yet: so it stays where this process ends before it can tell. */
  void begin() {
    files.set(StepOutputs.unfinished());
  }

  /** Warns of something about the step itself. */
  void warn(String message) {
    if (inputs.get(Option.ANNOTATIONS)) {
      log.annotate(Annotation.of(Annotation.Level.WARNING, "Preflight", message));
    } else {
      log.say("warning: " + message);
    }
  }

  /** Writes the JSON file of a run that has yet to clean up: its end may be that of the process. */
  void keep(Report report) {
    writeJson(JsonReport.write(report.worded(Inputs::named)));
  }

  /** Returns true to the first caller alone: the end of a step is shown once. */
  boolean claim() {
    return taken.compareAndSet(false, true);
  }

  /** Shows the end of the step, and returns its exit code. */
  int publish(Conclusion conclusion) {
    int code =
        switch (conclusion) {
          case Conclusion.Rehearsed(Report report, String localCommand) ->
              show(report.worded(Inputs::named), localCommand);
          case Conclusion.Skipped(String reason) -> skipped(reason);
          case Conclusion.NotDone(Problem problem) ->
              notDone(
                  problem.kind(),
                  Inputs.named(problem.text()),
                  problem.hint().map(Inputs::named).orElse(""));
          case Conclusion.Crashed(Throwable thrown) -> crashed(thrown);
        };
    writeOutputs(conclusion);
    return code;
  }

  /** Shows a fault that came while results were shown. */
  int giveUp(Throwable failed) {
    int code = crashed(failed);
    writeOutputs(new Conclusion.Crashed(failed));
    return code;
  }

  private int show(Report report, String localCommand) {
    log.quote("Preflight: " + report.verdict().word(), TableReport.write(report, Look.PLAIN));
    // The group is folded where a forge shows groups at all.
    log.say(TableReport.lastLine(report, Look.PLAIN));
    FailOn failOn = inputs.get(Option.FAIL_ON);
    boolean fails = failOn.isMetBy(report.verdict());
    List<Annotation> annotations = Annotations.of(report);
    boolean shown = inputs.get(Option.ANNOTATIONS);
    if (shown) {
      log.annotate(annotations.stream().map(this::placed).toList());
    }
    summarise(StepSummary.write(report, localCommand));
    writeJson(JsonReport.write(report));
    // The runner itself says nothing of a step that fails.
    if (fails
        && !(shown && annotations.stream().anyMatch(a -> a.level() == Annotation.Level.ERROR))) {
      error(
          "Preflight: " + report.verdict().word(),
          reasons(report) + "the step fails by fail_on: " + failOn);
    }
    if (report.verdict() == Verdict.ERROR) {
      return NOT_DONE;
    }
    return fails ? FAILURES_FOUND : PASSED;
  }

  /** Returns a line for each of the migrations that nobody can tell about. */
  private static String reasons(Report report) {
    StringBuilder lines = new StringBuilder();
    for (JudgedMigration migration : report.migrations()) {
      if (migration.outcome() instanceof Outcome.Unverified(_, String reason, _)) {
        lines
            .append(migration.rehearsed().migration().file().title())
            .append(" could not be verified: ")
            .append(reason)
            .append('\n');
      }
    }
    return lines.isEmpty() ? "" : lines.append('\n').toString();
  }

  private int skipped(String reason) {
    log.annotate(Annotation.of(Annotation.Level.NOTICE, "Preflight was skipped", reason));
    summarise(StepSummary.skipped(reason));
    return PASSED;
  }

  private int notDone(String kind, String message, String hint) {
    error("Preflight could not rehearse", hint.isEmpty() ? message : message + "\n\n" + hint);
    try {
      summarise(StepSummary.problem(message, hint));
      writeJson(JsonReport.writeError(kind, message, hint, Optional.empty()));
    } catch (UsageProblem again) {
      // The input that is at fault may be one of these: that must not cost the outputs.
      log.say(again.text());
    }
    return NOT_DONE;
  }

  private int crashed(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    log.quote("Preflight: where the error arose", trace.toString());
    return notDone(
        "internal",
        "something unexpected happened: " + thrown,
        "please open an issue with this message and the lines above it");
  }

  private void error(String title, String message) {
    log.annotate(Annotation.of(Annotation.Level.ERROR, title, message));
  }

  private Annotation placed(Annotation annotation) {
    return annotation.withFile(
        annotation.file().map(file -> workspace.map(w -> w.inRepository(file)).orElse(file)));
  }

  private void summarise(String markdown) {
    if (inputs.get(Option.SUMMARY)) {
      files.summarise(markdown);
    }
  }

  private void writeJson(String text) {
    workspace.ifPresent(opened -> json.ifPresent(file -> writeJson(opened, file, text)));
  }

  /** Writes beside the file first: one that is there is replaced by a whole one, or stays. */
  private void writeJson(Workspace workspace, Path file, String text) {
    try {
      Path beside =
          Files.createTempFile(
              Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(workspace.root()),
              ".preflight-",
              ".json");
      try {
        Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(beside, text);
        workspace.handOver(beside);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        written = true;
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException failed) {
      throw new UsageProblem(
          "the report cannot be written to " + file, "name another file with json_file", failed);
    }
  }

  private void writeOutputs(Conclusion conclusion) {
    Optional<String> path =
        workspace.flatMap(opened -> json.filter(_ -> written).map(opened::fromRoot));
    StepOutputs outputs = StepOutputs.of(conclusion, path);
    files.set(outputs);
    log.say("all_passed: " + outputs.value(StepOutputs.Output.ALL_PASSED));
  }

  /** The end of a step. */
  sealed interface Conclusion {

    /**
     * Migrations were rehearsed, or none was pending.
     *
     * @param localCommand the command that does the same on a developer's machine
     */
    record Rehearsed(Report report, String localCommand) implements Conclusion {}

    /** Nothing was rehearsed, as the step was asked to. */
    record Skipped(String reason) implements Conclusion {}

    /** The rehearsal could not be done. */
    record NotDone(Problem problem) implements Conclusion {}

    /** This program has a fault. */
    record Crashed(Throwable thrown) implements Conclusion {}
  }
}
