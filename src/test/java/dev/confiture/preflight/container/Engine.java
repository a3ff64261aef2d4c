package dev.confiture.preflight.container;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
}
