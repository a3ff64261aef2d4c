package dev.confiture.preflight.action;

import dev.confiture.preflight.Option;
import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.problem.Problem;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Explains {@code localhost}: in a container action it is the action's own container and not the
 * machine that the job runs on.
 */
final class Loopback {

  private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "::1");

  private static final String MEANING =
      "\nlocalhost is the action's own container, where no such server runs. A service container is"
          + " reached by its label and by its own port, without a port mapping: with services:"
          + " sandbox: it is postgresql://postgres@sandbox:5432/postgres. A tunnel of the job's"
          + " machine is reached at its bridge address, as a rule 172.17.0.1.";

  private Loopback() {}

  static boolean isNamedBy(ConnectionString url) {
    return url.hosts().stream().anyMatch(place -> NAMES.contains(place.host()));
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
