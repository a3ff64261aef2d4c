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
import java.util.Set;

/**
 * Decides about a step without anything to seed from. It is never rehearsed on an empty database,
 * where what alters production's tables can only fail and all else passes.
 */
final class MissingSource {

  private static final String WAYS =
      "give schema_file, a dump that is committed or written on a schedule: forks can read it; or"
          + " set on_missing_source: skip, and the step says that it was skipped";

  private static final String LOST =
      "a secret is empty where its name is misspelt, or where it belongs to an environment that the"
          + " job does not name; on_missing_source: skip is for pull requests from forks and for"
          + " Dependabot, which get none";

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
    boolean skips = inputs.get(Option.ON_MISSING_SOURCE) == Option.OnMissingSource.SKIP;
    if (missing.isPresent() && !(skips && event.withoutSecrets())) {
      throw new UsageProblem(missing.get(), event.withoutSecrets() ? WAYS : LOST);
    }
    return missing;
  }

  private static Optional<String> missing(Inputs inputs, PullRequest event) {
    if (inputs.text(Option.SCHEMA_FILE).isPresent() || inputs.get(Option.FROM_EMPTY)) {
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
   * The event of the step: a pull request from a fork gets no secrets, nor does what Dependabot
   * does (<a
   * href="https://docs.github.com/en/code-security/dependabot/troubleshooting-dependabot/troubleshooting-dependabot-on-github-actions">Dependabot
   * on Actions</a>).
   *
   * @param event the event's name
   * @param withoutSecrets true if secrets arrive empty
   */
  record PullRequest(String event, boolean withoutSecrets) {

    private static final String DEPENDABOT = "dependabot[bot]";

    /** The events that get no secrets where a fork is behind them. */
    private static final Set<String> OF_PULL_REQUESTS =
        Set.of("pull_request", "pull_request_review", "pull_request_review_comment");

    /** Further ones that get none where Dependabot is. */
    private static final Set<String> OF_DEPENDABOT =
        Set.of("push", "create", "deployment", "deployment_status", "pull_request_target");

    static PullRequest of(Map<String, String> environment) {
      String event = environment.getOrDefault("GITHUB_EVENT_NAME", "");
      boolean dependabot = environment.getOrDefault("GITHUB_ACTOR", "").equals(DEPENDABOT);
      return new PullRequest(
          event,
          OF_PULL_REQUESTS.contains(event)
              ? dependabot || isFromFork(payload(environment).path("pull_request"))
              : dependabot && OF_DEPENDABOT.contains(event));
    }

    /** Returns true if another repository holds the branch, or one that is deleted held it. */
    private static boolean isFromFork(JsonNode pull) {
      String base = pull.path("base").path("repo").path("full_name").asText();
      return !base.isEmpty()
          && !pull.path("head").path("repo").path("full_name").asText().equals(base);
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
