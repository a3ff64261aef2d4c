package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.report.JsonReport;
import dev.confiture.preflight.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the report tells of {@code --setting}; the golden cases hold what it does. */
final class ToldSettingsTest {

  private static final String SECRET = "s3cr3t";

  @TempDir private Path folder;

  private Report rehearse(Map<String, String> settings) throws IOException {
    Path schema = Files.writeString(folder.resolve("schema.sql"), "CREATE TABLE t (id int);\n");
    Path migrations = Files.createDirectories(folder.resolve("migrations"));
    Files.writeString(
        migrations.resolve("001_asks.sql"),
        "SELECT 1 / (length(current_setting('app.key')) = 6 AND current_setting('work_mem')"
            + " = '5MB')::int;\n");
    return Preflight.rehearse(
        Options.of(migrations)
            .withSchemaFile(schema)
            .withRole(new Options.Role(Optional.empty(), false, settings)));
  }

  @Test
  void aCustomOneIsNamedWithoutItsValue() throws IOException {
    Report report = rehearse(Map.of("app.key", SECRET, "work_mem", "5MB"));
    String json = JsonReport.write(report);
    assertEquals(List.of("passed"), SavepointProject.outcomes(report), json);
    assertTrue(json.contains("app.key=…") && json.contains("work_mem=5MB"), json);
    assertFalse(json.contains(SECRET), json);
  }

  @Test
  void oneThatTheServerRefusesIsBadInput() {
    UsageProblem problem =
        assertThrows(UsageProblem.class, () -> rehearse(Map.of("work_mem", "lots")));
    assertTrue(problem.text().contains("setting work_mem"), problem.text());
  }
}
