package dev.confiture.preflight.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts programs, each with an environment of its own; nothing else does. */
public final class Programs {

  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

  private Programs() {}

  /** Finds a program in the folders of the system. */
  public static Optional<Path> find(String name) {
    return Stream.of(PATH.split(":", -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Finds the programs of a name, first on a user's PATH, then in the folders of the system. */
  public static List<Path> all(String name, Map<String, String> environment) {
    return Stream.of(environment.getOrDefault("PATH", ""), PATH)
        .flatMap(path -> Stream.of(path.split(":", -1)))
        .filter(folder -> folder.startsWith("/"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .distinct()
        .toList();
  }

  /** Starts a program in a folder, with its errors in its output. */
  public static Process start(List<String> command, Path folder) throws IOException {
    return prepared(command, Map.of()).directory(folder.toFile()).redirectErrorStream(true).start();
  }

  /**
   * Starts a program in this process's folder, with its errors in a pipe of their own.
   *
   * @param variables its environment, beside LC_ALL and PATH
   */
  public static Process startHere(List<String> command, Map<String, String> variables)
      throws IOException {
    return prepared(command, variables).start();
  }

  /**
   * Starts a program of the user's own in a folder, in a process group that it leads, without input
   * and with its errors in its output.
   *
   * @param environment its variables, all of them
   */
  public static Process startOwn(List<String> command, Map<String, String> environment, Path folder)
      throws IOException {
    List<String> inGroup = new ArrayList<>();
    // What it starts can be ended with it.
    find("setsid").ifPresent(setsid -> inGroup.add(setsid.toString()));
    inGroup.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(inGroup)
            .directory(folder.toAbsolutePath().toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static ProcessBuilder prepared(List<String> command, Map<String, String> variables) {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("LC_ALL", "C");
    environment.put("PATH", PATH);
    environment.putAll(variables);
    return builder;
  }

  /** Kills a process and all others of the group that it leads. */
  public static void killGroup(Process leader) {
    leader.destroyForcibly();
    signalGroup(leader, "KILL");
  }

  /**
   * Sends a signal to all processes of the group that a process leads, or led: others may be left
   * of it.
   *
   * @param signal its name, without SIG
   */
  public static void signalGroup(Process leader, String signal) {
    try {
      // Not every shell's kill takes -- before the group.
      List<String> kill = List.of("/bin/sh", "-c", "kill -" + signal + " -" + leader.pid());
      start(kill, Path.of("/")).waitFor(KILL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IOException refused) {
      // Without a shell the leader alone is ended.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
