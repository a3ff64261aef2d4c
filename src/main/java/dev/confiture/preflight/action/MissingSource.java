package dev.confiture.preflight.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confiture.preflight.Option;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Decides about a step without anything to seed from. It is never rehearsed on an empty database,
 * where what alters production's tables can only fail and all else passes.
 */
final class MissingSource {

  private static final String WAYS =
      "give schema_file, a dump that is committed or written on a schedule: forks can read it; or"
          + " set on_missing_source: skip, and the step says that it was skipped";

  private MissingSource() {}

  /**
   * Returns why a step is skipped; empty where it has a source.
   *
   * @throws UsageProblem if it has none and is not to be skipped, or has one that it must not use
   */
  static Optional<String> skips(Inputs inputs, PullRequest event) {
    boolean secret =
        inputs.text(Option.SOURCE).isPresent() || inputs.text(Option.SOURCE_PASSWORD).isPresent();
    if (event.isOnTarget() && secret) {
      throw new UsageProblem(
          "pull_request_target with a source: whoever opens a pull request would have its"
              + " migrations executed beside the secret of the source",
          "use on: pull_request, with schema_file for forks; see"
              + " https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/");
    }
    Optional<String> missing = missing(inputs, event);
    return inputs.get(Option.ON_MISSING_SOURCE) == Option.OnMissingSource.SKIP
        ? missing
        : refused(missing);
  }

  private static Optional<String> refused(Optional<String> missing) {
    if (missing.isPresent()) {
      throw new UsageProblem(missing.get(), WAYS);
    }
    return missing;
  }

  private static Optional<String> missing(Inputs inputs, PullRequest event) {
    if (inputs.text(Option.SCHEMA_FILE).isPresent()) {
      return Optional.empty();
    }
    String because =
        event.withoutSecrets()
            ? ": secrets are empty in pull requests from forks and from Dependabot"
            : "";
    if (inputs.text(Option.SOURCE).isEmpty()) {
      return Optional.of("neither source_url nor schema_file has a value" + because);
    }
    boolean password =
        inputs.text(Option.SOURCE_PASSWORD).isPresent()
            || inputs
                .find(Option.SOURCE)
                .flatMap(url -> url.password())
                .filter(p -> !p.isEmpty())
                .isPresent();
    return event.withoutSecrets() && !password
        ? Optional.of("source_url comes without a password" + because)
        : Optional.empty();
  }

  /**
   * The event of the step: a pull request from a fork or from Dependabot gets no secrets (<a
   * href="https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows">events</a>).
   *
   * @param event the event's name
   * @param withoutSecrets true if secrets arrive empty
   */
  record PullRequest(String event, boolean withoutSecrets) {

    private static final String DEPENDABOT = "dependabot[bot]";

    static PullRequest of(Map<String, String> environment) {
      String event = environment.getOrDefault("GITHUB_EVENT_NAME", "");
      JsonNode pull = payload(environment).path("pull_request");
      String head = pull.path("head").path("repo").path("full_name").asText();
      String base = pull.path("base").path("repo").path("full_name").asText();
      boolean dependabot = environment.getOrDefault("GITHUB_ACTOR", "").equals(DEPENDABOT);
      return new PullRequest(
          event,
          event.startsWith("pull_request")
              && (dependabot || (!pull.isMissingNode() && !head.equals(base))));
    }

    /** Returns true if it runs with secrets and the base's rights, whoever opened it. */
    boolean isOnTarget() {
      return event.equals("pull_request_target");
    }

    /** Reads what the runner says of the event; an unreadable file says nothing. */
    private static JsonNode payload(Map<String, String> environment) {
      ObjectMapper mapper = new ObjectMapper();
      try {
        Path file = Path.of(environment.getOrDefault("GITHUB_EVENT_PATH", ""));
        return Files.isRegularFile(file)
            ? mapper.readTree(Files.readAllBytes(file))
            : mapper.createObjectNode();
      } catch (IOException unreadable) {
        return mapper.createObjectNode();
      }
    }
  }
}
