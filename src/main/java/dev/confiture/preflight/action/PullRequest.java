package dev.confiture.preflight.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Whether the step runs for a pull request that the runner gives no secrets: from a fork, or from
 * Dependabot (docs.github.com, "Events that trigger workflows").
 *
 * @param event the event's name
 * @param withoutSecrets whether secrets arrive empty
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

  /** Runs with secrets and with the base's rights, whoever opened it. */
  boolean isOnTarget() {
    return event.equals("pull_request_target");
  }

  /** What the runner says of the event; an unreadable file says nothing. */
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
