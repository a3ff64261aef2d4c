package dev.confiture.preflight.container;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the runner sets for every step of a container action, beside the command files
 * (actions/runner, GitHubContext.cs and ContainerActionHandler.cs).
 */
final class RunnerVariables {

  private RunnerVariables() {}

  static Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("GITHUB_ACTIONS", "true");
    all.put("CI", "true");
    all.put("HOME", "/github/home");
    all.put("GITHUB_WORKSPACE", "/github/workspace");
    all.put("GITHUB_EVENT_PATH", "/github/workflow/event.json");
    all.put("GITHUB_EVENT_NAME", "pull_request");
    all.put("GITHUB_ACTION", "__confiture_preflight-action");
    all.put("GITHUB_ACTION_REF", "v1");
    all.put("GITHUB_ACTION_REPOSITORY", "confiture/preflight-action");
    all.put("GITHUB_ACTOR", "octocat");
    all.put("GITHUB_ACTOR_ID", "583231");
    all.put("GITHUB_TRIGGERING_ACTOR", "octocat");
    all.put("GITHUB_API_URL", "https://api.github.com");
    all.put("GITHUB_GRAPHQL_URL", "https://api.github.com/graphql");
    all.put("GITHUB_SERVER_URL", "https://github.com");
    all.put("GITHUB_BASE_REF", "main");
    all.put("GITHUB_HEAD_REF", "feature");
    all.put("GITHUB_REF", "refs/pull/1/merge");
    all.put("GITHUB_REF_NAME", "1/merge");
    all.put("GITHUB_REF_TYPE", "branch");
    all.put("GITHUB_REF_PROTECTED", "false");
    all.put("GITHUB_JOB", "preflight");
    all.put("GITHUB_REPOSITORY", "octo/orders");
    all.put("GITHUB_REPOSITORY_ID", "1");
    all.put("GITHUB_REPOSITORY_OWNER", "octo");
    all.put("GITHUB_REPOSITORY_OWNER_ID", "2");
    all.put("GITHUB_RETENTION_DAYS", "90");
    all.put("GITHUB_RUN_ATTEMPT", "1");
    all.put("GITHUB_RUN_ID", "3");
    all.put("GITHUB_RUN_NUMBER", "4");
    all.put("GITHUB_SHA", "0000000000000000000000000000000000000000");
    all.put("GITHUB_WORKFLOW", "preflight");
    all.put("GITHUB_WORKFLOW_REF", "octo/orders/.github/workflows/preflight.yml@refs/pull/1/merge");
    all.put("GITHUB_WORKFLOW_SHA", "0000000000000000000000000000000000000000");
    all.put("RUNNER_OS", "Linux");
    all.put("RUNNER_ARCH", "X64");
    all.put("RUNNER_NAME", "GitHub Actions 1");
    all.put("RUNNER_ENVIRONMENT", "github-hosted");
    all.put("RUNNER_TEMP", "/github/runner_temp");
    // Paths of the machine, which mean nothing in the container.
    all.put("RUNNER_TOOL_CACHE", "/opt/hostedtoolcache");
    all.put("RUNNER_WORKSPACE", "/home/runner/work/orders");
    all.put("ACTIONS_RUNTIME_URL", "https://pipelines.invalid/");
    all.put("ACTIONS_RUNTIME_TOKEN", "a-token-of-the-runner");
    all.put("ACTIONS_RESULTS_URL", "https://results.invalid/");
    all.put("ACTIONS_CACHE_URL", "https://cache.invalid/");
    return all;
  }
}
