package dev.confiture.preflight.action;

import dev.confiture.preflight.Option;
import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.problem.Problem;
import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Explains {@code localhost}: in a container action it is the action's own container and not the
 * machine that the job runs on.
 */
final class Loopback {

  private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "::1");

  private static final int PATIENCE_MILLIS = 2_000;

  private static final String MEANING =
      "\nlocalhost is the action's own container, where no such server runs. A service container is"
          + " reached by its label and by its own port, without a port mapping: with services:"
          + " sandbox: it is postgresql://postgres@sandbox:5432/postgres. A tunnel of the job's"
          + " machine is reached at its bridge address, as a rule 172.17.0.1.";

  private Loopback() {}

  static boolean isNamedBy(ConnectionString url) {
    return url.hosts().stream().anyMatch(place -> NAMES.contains(place.host()));
  }

  /**
   * Refuses a server of that name that does not answer, before anything is asked of production.
   *
   * @throws SandboxProblem if nothing listens there
   */
  static void requireAnswer(ConnectionString url) {
    if (url.hosts().stream().allMatch(place -> NAMES.contains(place.host()))
        && url.hosts().stream().noneMatch(Loopback::answers)) {
      throw new SandboxProblem("no server answers at " + url.redacted(), "");
    }
  }

  private static boolean answers(ConnectionString.HostAndPort place) {
    try (Socket socket = new Socket()) {
      int port = Integer.parseInt(place.port());
      socket.connect(new InetSocketAddress(place.host(), port), PATIENCE_MILLIS);
      return true;
    } catch (IOException nobody) {
      return false;
    } catch (IllegalArgumentException noPort) {
      // The driver says what is wrong with it.
      return true;
    }
  }

  /** Returns the problem, explained where it is about a server of that name. */
  static Problem explained(Problem problem, Inputs inputs) {
    if (problem instanceof UsageProblem) {
      return problem;
    }
    boolean named =
        Stream.of(Option.AGAINST, Option.SOURCE)
            .flatMap(input -> inputs.find(input).stream())
            .filter(Loopback::isNamedBy)
            .anyMatch(url -> problem.text().contains(url.redacted()));
    return named ? problem.adding(MEANING) : problem;
  }
}
