package dev.confiture.preflight.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.process.PythonProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process with a sandbox, for tests that end it. */
final class KilledWhileRunning {

  private static final PythonProgram FOR_EVER =
      new PythonProgram(
          List.of(
              new PythonProgram.Module("preflight", true, ""),
              new PythonProgram.Module(
                  "preflight.recorder", false, "def run(channel):\n    while True: pass\n")),
          List.of());

  private KilledWhileRunning() {}

  /** Starts the process; it says where its folder or what its database is, and waits. */
  static Process start(String server) throws IOException {
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                KilledWhileRunning.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    child.outputWriter(UTF_8).append(server).append('\n').flush();
    return child;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    String server = new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
    if (server.equals("embedded")) {
      Sandbox embedded = Sandbox.start(Servers.newest(), System.getenv());
      System.out.println(embedded.folder().orElseThrow());
    } else if (server.equals("python")) {
      Python python = Python.find(System.getenv()).orElseThrow();
      Thread.ofVirtual().start(() -> python.run(FOR_EVER, Duration.ofMinutes(2), () -> false));
      Optional<ProcessHandle> child = Optional.empty();
      while (child.isEmpty()) {
        Thread.sleep(20);
        child = ProcessHandle.current().children().findFirst();
      }
      System.out.println(child.get().pid());
    } else {
      Sandbox external = Sandbox.connect(ConnectionString.parse(server), Waiting.NONE);
      external.mayMake(List.of("stub"));
      external.openTemplate(Isolation.CLONE).run("CREATE ROLE stub; CREATE TABLE t (id int)");
      MigratedDatabase clone =
          external.prepare(
              Isolation.CLONE, RoleChoice.of(Optional.of("stub"), Optional.empty()), Map.of());
      System.out.println(clone.database());
    }
    Thread.sleep(120_000);
  }
}
