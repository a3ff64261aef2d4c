package dev.confiture.preflight.container;

import dev.confiture.preflight.runner.FileCommand;
import dev.confiture.preflight.runner.StepRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A step that uses the action, started as the runner starts it: its mounts, its variables, every
 * input of action.yml, and what a job may have left in the environment (actions/runner,
 * ContainerActionHandler.cs and DockerCommandManager.cs).
 */
final class ContainerStep {

  private static final int RUNNER = 1001;

  private final Path root;
  private final Path temp;
  private final Path workspace;
  private final String name = "preflight_" + UUID.randomUUID().toString().substring(0, 12);
  private Optional<DockerCommand> running = Optional.empty();
  private final Map<String, String> environment = new LinkedHashMap<>();

  private ContainerStep(Path root) {
    this.root = root;
    this.temp = root.resolve("_temp");
    this.workspace = root.resolve("orders").resolve("orders");
  }

  static ContainerStep in(Path root) throws IOException {
    ContainerStep step = new ContainerStep(root);
    Files.createDirectories(step.workspace.resolve(".git"));
    for (String folder : List.of("_github_home", "_github_workflow", "_runner_file_commands")) {
      Files.createDirectories(step.temp.resolve(folder));
    }
    Files.writeString(step.temp.resolve("_github_workflow/event.json"), "{}");
    Object described =
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(Path.of("action.yml")));
    if (described instanceof Map<?, ?> action && action.get("inputs") instanceof Map<?, ?> inputs) {
      inputs.forEach(
          (input, about) ->
              step.with(
                  String.valueOf(input),
                  about instanceof Map<?, ?> declared
                      ? String.valueOf(declared.get("default"))
                      : ""));
    }
    RunnerVariables.all().forEach(step::variable);
    step.commandFile("GITHUB_OUTPUT", "set_output_");
    step.commandFile("GITHUB_STEP_SUMMARY", "step_summary_");
    step.commandFile("GITHUB_ENV", "set_env_");
    step.commandFile("GITHUB_PATH", "add_path_");
    step.commandFile("GITHUB_STATE", "save_state_");
    step.hostile();
    return step;
  }

  /** The demo of this repository, on the service {@code sandbox}. */
  static ContainerStep demo(Path root) throws IOException {
    return in(root)
        .folder("src/demo", "db")
        .with("schema_file", "db/production-schema.sql")
        .with("migrations_dir", "db/migrations")
        .with("sandbox_url", "postgresql://postgres:postgres@sandbox:5432/postgres");
  }

  /** What an earlier step, setup-java or a workflow's env may have left. */
  private void hostile() {
    variable("JAVA_HOME", "/opt/hostedtoolcache/Java/25");
    variable("JAVA_TOOL_OPTIONS", "-javaagent:/nowhere.jar");
    variable("JDK_JAVA_OPTIONS", "-Dx=y");
    variable("LD_LIBRARY_PATH", "/nowhere");
    variable("LD_PRELOAD", "/nowhere.so");
    variable("PGHOST", "nowhere.example.com");
    variable("PGPASSWORD", "wrong");
    variable("PGOPTIONS", "-c statement_timeout=1");
    variable("PSQLRC", "/nowhere");
    variable("TZ", "Asia/Kathmandu");
    variable("LC_ALL", "tr_TR.UTF-8");
  }

  private void commandFile(String variable, String prefix) throws IOException {
    String file = prefix + UUID.randomUUID();
    Files.createFile(temp.resolve("_runner_file_commands").resolve(file));
    variable(variable, "/github/file_commands/" + file);
  }

  ContainerStep with(String input, String value) {
    return variable("INPUT_" + input.toUpperCase(Locale.ROOT), value);
  }

  ContainerStep variable(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  ContainerStep file(String path, String text) throws IOException {
    Path file = workspace.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  /** Copies a folder of this repository into the workspace. */
  ContainerStep folder(String from, String to) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(from))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        file(to + "/" + Path.of(from).relativize(file), Files.readString(file));
      }
    }
    return this;
  }

  Path workspace() {
    return workspace;
  }

  /** Runs it to its end. */
  Ended run(String network) throws IOException {
    start(network);
    return ended();
  }

  /** Starts it. */
  void start(String network) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.toList()) {
        Files.setAttribute(file, "unix:uid", RUNNER);
        Files.setAttribute(file, "unix:gid", RUNNER);
      }
    }
    // JUnit's folder is for its owner alone.
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("run", "--name", name, "--workdir", "/github/workspace", "--rm"));
    environment.forEach((key, value) -> arguments.addAll(List.of("-e", key + "=" + value)));
    arguments.addAll(List.of("--entrypoint", "/entrypoint.sh", "--network", network));
    mount(arguments, Path.of("/var/run/docker.sock"), "/var/run/docker.sock");
    mount(arguments, temp, "/github/runner_temp");
    mount(arguments, temp.resolve("_github_home"), "/github/home");
    mount(arguments, temp.resolve("_github_workflow"), "/github/workflow");
    mount(arguments, temp.resolve("_runner_file_commands"), "/github/file_commands");
    mount(arguments, workspace, "/github/workspace");
    arguments.add(Image.underTest());
    running = Optional.of(DockerCommand.start(arguments, root));
  }

  boolean isRunning() {
    return running.orElseThrow().isRunning();
  }

  /** What it has printed until now. */
  String log() {
    return running.orElseThrow().out();
  }

  /** Runs a command of the shell beside it, as root. */
  DockerCommand.Ended inside(String shell) throws IOException {
    return DockerCommand.start(List.of("exec", name, "/bin/sh", "-c", shell), root).await();
  }

  /**
   * Cancels it as the runner does (actions/runner, ProcessInvoker.cs).
   *
   * @return the signal that ended it
   */
  String cancel() throws IOException, InterruptedException {
    DockerCommand command = running.orElseThrow();
    if (command.endsBy("INT", Duration.ofMillis(7_500))) {
      return "SIGINT";
    }
    if (command.endsBy("TERM", Duration.ofMillis(2_500))) {
      return "SIGTERM";
    }
    command.endsBy("KILL", Duration.ofHours(1));
    DockerCommand.start(List.of("rm", "--force", name), root).await();
    return "SIGKILL";
  }

  /** What is left of it; waits for its end. */
  Ended ended() throws IOException {
    DockerCommand.Ended ended = running.orElseThrow().await();
    return new Ended(
        ended.code(),
        ended.out(),
        ended.err(),
        FileCommand.read(commandFileText("set_output_")),
        commandFileText("step_summary_"));
  }

  private static void mount(List<String> arguments, Path from, String to) {
    arguments.addAll(List.of("-v", from + ":" + to));
  }

  private String commandFileText(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve("_runner_file_commands"))) {
      return Files.readString(
          files
              .filter(f -> f.getFileName().toString().startsWith(prefix))
              .findFirst()
              .orElseThrow());
    }
  }

  /** What is left of a step. */
  record Ended(int code, String out, String err, Map<String, String> outputs, String summary) {

    /** As the runner reads it: both streams, though commands are on one alone. */
    StepRun read() {
      StepRun errors = StepRun.of(err);
      if (!errors.annotations().isEmpty() || !errors.masks().isEmpty()) {
        throw new IllegalStateException("commands on standard error: " + err);
      }
      return StepRun.of(out);
    }

    String output(String name) {
      return outputs.getOrDefault(name, "(none)");
    }
  }
}
