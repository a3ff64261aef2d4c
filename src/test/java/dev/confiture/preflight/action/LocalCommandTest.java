package dev.confiture.preflight.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.problem.Problem.UsageProblem;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that a summary ends with. */
final class LocalCommandTest {

  @TempDir Path workspace;

  @Test
  void itHasWhatTheStepWasGivenAndNoPassword() {
    assertEquals(
        "preflight --source postgresql://ro@h1,h2:5433/orders"
            + " --exclude-schemas audit,old --data-tables public.currency"
            + " --migrations-dir "
            + workspace.resolve("db/migrations")
            + " --since 0142 --isolation clone --run-as 'it'\\''s me'",
        command(
            Map.of(
                "source_url", "postgresql://ro:hunter2hunter2@h1,h2:5433/orders?sslmode=require",
                "exclude_schemas", "audit, old",
                "data_tables", "public.currency",
                "since", "0142",
                "isolation", "clone",
                "run_as", "it's me",
                "sandbox_url", "postgresql://postgres@sandbox/postgres")));
  }

  @Test
  void defaultsAreLeftOut() {
    assertEquals(
        "preflight --schema-file "
            + workspace.resolve("prod.sql")
            + " --migrations-dir "
            + workspace.resolve("db/migrations"),
        command(Map.of("schema_file", "prod.sql")));
  }

  @Test
  void whatProductionGivesTheRoleIsThereButForValuesThatMayBeSecrets() {
    assertTrue(
        command(
                Map.of(
                    "schema_file", "prod.sql",
                    "run_as_superuser", "true",
                    "settings", "search_path=app, public\napp.key=s3cr3t"))
            .endsWith(
                " --run-as-superuser --setting 'search_path=app, public' --setting 'app.key=…'"));
  }

  @Test
  void theToolMayBeGivenByItsOtherName() {
    assertTrue(
        command(Map.of("schema_file", "prod.sql", "convention", "plain", "tool", "auto"))
            .endsWith(" --tool plain"));
    assertTrue(
        command(Map.of("schema_file", "prod.sql", "convention", "plain", "tool", "plain"))
            .endsWith(" --tool plain"));
  }

  @Test
  void twoToolsAreRefused() {
    UsageProblem problem =
        assertThrows(
            UsageProblem.class,
            () ->
                command(
                    Map.of("schema_file", "prod.sql", "convention", "plain", "tool", "confiture")));
    assertEquals(
        "the inputs tool and convention name two tools: confiture and plain", problem.text());
  }

  private String command(Map<String, String> given) {
    Map<String, String> environment = new HashMap<>();
    given.forEach(
        (input, value) -> environment.put("INPUT_" + input.toUpperCase(Locale.ROOT), value));
    Inputs inputs = new Inputs(environment);
    return LocalCommand.of(
        StepOptions.of(inputs, new Workspace(workspace, workspace), environment));
  }
}
