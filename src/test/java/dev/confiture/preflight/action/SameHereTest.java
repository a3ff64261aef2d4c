package dev.confiture.preflight.action;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that a summary ends with. */
final class SameHereTest {

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

  private String command(Map<String, String> given) {
    Map<String, String> environment = new HashMap<>();
    given.forEach(
        (input, value) ->
            environment.put(Input.valueOf(input.toUpperCase(Locale.ROOT)).variable(), value));
    Inputs inputs = new Inputs(environment);
    return SameHere.command(
        StepOptions.of(inputs, new Workspace(workspace, workspace), environment));
  }
}
