package dev.confiture.preflight.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.confiture.preflight.postgres.ConnectionString;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process with a sandbox, for tests that end it. */
final class KilledWhileRunning {

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
      EmbeddedServer embedded = EmbeddedServer.start(Servers.newest());
      System.out.println(embedded.folder());
    } else {
      GivenServer given = GivenServer.connect(ConnectionString.parse(server));
      given.mayMake(List.of("stub"));
      given.openTemplate(Isolation.CLONE).run("CREATE ROLE stub; CREATE TABLE t (id int)");
      Clone clone =
          given.prepare(
              Isolation.CLONE, new RoleChoice(Optional.of("stub"), Optional.empty()), Map.of());
      System.out.println(clone.database());
    }
    Thread.sleep(120_000);
  }
}
