package dev.confiture.preflight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole history on an empty database. */
final class FromEmptyRunTest {

  @TempDir Path folder;

  @Test
  void everyFileIsPendingAndNothingIsApplied() throws IOException {
    Project project =
        Project.in(folder)
            .migration("1_a.sql", "CREATE TABLE a (id int);")
            .migration("2_b.sql", "ALTER TABLE a ADD b int;")
            .migration("3_c.sql", "ALTER TABLE nowhere ADD c int;");
    Cli run =
        Cli.run("--from-empty", "--migrations-dir", project.migrations().toString(), "-f", "json");
    JsonNode against = run.json().path("against");
    assertEquals(
        "0 applied (an empty database)", against.path("pending").path("selected_by").asText());
    assertEquals(Cli.json("[\"1\", \"2\", \"3\"]"), against.path("pending").path("versions"));
    assertEquals(2, against.path("passed").asInt());
    assertEquals(1, against.path("failed").asInt());
    assertEquals(1, run.code());
  }

  @Test
  void aSchemaBesideItIsAContradiction() {
    Cli.run("--from-empty", "--schema-file", "schema.sql")
        .assertRefused(
            "--from-empty beside --schema-file, which tells where the schema comes from",
            "give one of them");
  }
}
