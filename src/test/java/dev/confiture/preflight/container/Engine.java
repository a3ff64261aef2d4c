package dev.confiture.preflight.container;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** The container engine, the image under test and the stand-in for PostgreSQL's. */
final class Engine {

  private Engine() {}

  /** The image under test; without one the test is skipped, unless that is forbidden. */
  static String image() {
    String image = System.getProperty("preflight.image", "");
    assumeTrue(
        !image.isEmpty() || Boolean.getBoolean("preflight.containers.required"),
        "no image to test: -Dpreflight.image=NAME");
    return image;
  }

  /** A PostgreSQL service with this alias on the network. */
  static PostgreSQLContainer postgres(Network network, String alias, String password) {
    String name = System.getProperty("preflight.postgres.image", "postgres:17");
    return new PostgreSQLContainer(
            DockerImageName.parse(name).asCompatibleSubstituteFor("postgres"))
        .withNetwork(network)
        .withNetworkAliases(alias)
        .withUsername("postgres")
        .withDatabaseName("postgres")
        .withPassword(password)
        .waitingFor(Wait.forListeningPort());
  }

  /** What a command of the engine's ends with. */
  record Ended(int code, String out, String err) {}

  /** Runs {@code docker} with these arguments. */
  static Ended docker(List<String> arguments, Path folder) {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(arguments);
    try {
      Path out = Files.createTempFile(folder, "out", "");
      Path err = Files.createTempFile(folder, "err", "");
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      process.getOutputStream().close();
      int code = process.waitFor();
      return new Ended(
          code,
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
