package dev.confiture.preflight.action;

import dev.confiture.preflight.Option;
import dev.confiture.preflight.rehearsal.Stop;
import dev.confiture.preflight.runner.FileCommand;
import dev.confiture.preflight.runner.StepRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A workspace, and a step that runs in it. */
final class Step {

  private final Path temp;
  private final Path workspace;
  private final Map<String, String> environment = new HashMap<>();

  private Step(Path temp) {
    this.temp = temp;
    this.workspace = temp.resolve("workspace");
  }

  /** With what the runner sets, and every input that is not given as an empty string. */
  static Step in(Path temp) throws IOException {
    Step step = new Step(temp);
    Files.createDirectories(step.workspace.resolve(".git"));
    for (Option<?> input : Inputs.all()) {
      step.environment.put(Inputs.variable(input), "");
    }
    step.environment.put("PATH", System.getenv().getOrDefault("PATH", ""));
    step.environment.put("GITHUB_ACTIONS", "true");
    step.environment.put("GITHUB_WORKSPACE", step.workspace.toString());
    for (String file : new String[] {"GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"}) {
      step.environment.put(file, Files.createFile(temp.resolve(file)).toString());
    }
    return step;
  }

  Step with(String input, String value) {
    environment.put("INPUT_" + input.toUpperCase(Locale.ROOT), value);
    return this;
  }

  Step withVariable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Step file(String path, String text) throws IOException {
    Path file = workspace.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  Path workspace() {
    return workspace;
  }

  Ended run() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code;
    try (PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8)) {
      code = new Action(environment, stream, new Stop()).run();
    }
    return new Ended(
        code,
        out.toString(StandardCharsets.UTF_8),
        FileCommand.read(Files.readString(temp.resolve("GITHUB_OUTPUT"))),
        Files.readString(temp.resolve("GITHUB_STEP_SUMMARY")));
  }

  /** What is left of a step. */
  record Ended(int code, String out, Map<String, String> outputs, String summary) {

    /** As the runner reads it. */
    StepRun read() {
      return StepRun.of(out);
    }

    String output(String name) {
      return outputs.getOrDefault(name, "(none)");
    }
  }
}
