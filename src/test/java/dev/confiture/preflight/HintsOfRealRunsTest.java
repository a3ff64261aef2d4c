package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.report.Look;
import dev.confiture.preflight.report.TableReport;
import dev.confiture.preflight.sandbox.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader is told beside the server's words. */
final class HintsOfRealRunsTest {

  @TempDir private Path folder;

  @Test
  void aTableInAnotherSchemaIsNamed() throws IOException {
    String report =
        report(
            "CREATE SCHEMA app; CREATE TABLE app.orders (id int);",
            "ALTER TABLE orders ADD n int;");
    assertTrue(report.contains("there is app.orders, outside the search path"), report);
    assertFalse(
        report("CREATE TABLE orders (id int);", "ALTER TABLE order_ ADD n int;")
            .contains("outside the search path"));
  }

  @Test
  void aBlankThatIsNoneIsNamed() throws IOException {
    String report =
        report("CREATE TABLE orders (id int);", "ALTER TABLE orders\u00a0ADD COLUMN n int;");
    assertTrue(report.contains("line 1, column 19 holds U+00A0 (NO-BREAK SPACE)"), report);
  }

  private String report(String schema, String migration) throws IOException {
    Path file = Files.writeString(folder.resolve("schema.sql"), schema);
    Path migrations = folder.resolve("migrations");
    Files.createDirectories(migrations);
    Files.writeString(migrations.resolve("1_a.sql"), migration);
    return TableReport.write(
        Preflight.run(
            Options.of(migrations).withSchemaFile(file).with(Map.copyOf(System.getenv())),
            () -> TestServers.embedded(TestServers.newest())),
        new Look(false, true));
  }
}
