package dev.confiture.preflight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The JSON of a pass, a failure and a skip, against the original's example: sentences 19 to 24. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JsonShapeTest {

  /** The original's words, but for the server's address and the text of the failure. */
  private static final String EXAMPLE =
      """
      {
        "static": {},
        "against": {
          "against_url": "postgresql://app@localhost:5432/preflight",
          "all_passed": false, "total": 3, "passed": 1, "failed": 1, "skipped": 1,
          "db_consumed": false,
          "migrations": [
            { "version": "20260401000001", "name": "create_foo", "success": true, "error": null,
              "skipped": false, "skipped_reason": null, "execution_time_ms": 18 },
            { "version": "20260401000002", "name": "bad", "success": false,
              "error": "…", "skipped": false, "skipped_reason": null, "execution_time_ms": 0 },
            { "version": "20260401000003", "name": "add_idx", "success": false, "error": null,
              "skipped": true,
              "skipped_reason": "non-transactional: cannot run inside SAVEPOINT",
              "execution_time_ms": 0 }
          ]
        }
      }
      """;

  private final CliServer server = CliServer.start("secret");
  @TempDir Path folder;
  private JsonNode example;
  private JsonNode report;

  @BeforeEach
  void rehearse() throws IOException {
    file("20260401000001_create_foo", "CREATE TABLE foo (id int);");
    file("20260401000002_bad", "ALTER TABLE nosuch ADD COLUMN x int;");
    file("20260401000003_add_idx", "CREATE INDEX CONCURRENTLY idx_foo ON foo (id);");
    example = Cli.json(EXAMPLE);
    report = rehearsed();
  }

  private JsonNode rehearsed() throws IOException {
    return Cli.run(
            "--migrations-dir",
            folder.toString(),
            "--against",
            "postgresql://rehearser:secret@127.0.0.1:" + server.port() + "/seeded",
            "--isolation",
            "savepoint",
            "--format",
            "json")
        .json();
  }

  private void file(String base, String sql) throws IOException {
    Files.writeString(folder.resolve(base + ".up.sql"), sql);
    Files.writeString(folder.resolve(base + ".down.sql"), "");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void c35TheEnvelopeHasExactlyStaticAndAgainst() {
    assertEquals(keys(example), keys(report));
  }

  @Test
  void theOriginalsKeysComeFirstInItsOrderAndOursAfterThem() {
    List<String> wanted = keys(example.path("against"));
    List<String> got = keys(report.path("against"));
    assertEquals(wanted, got.subList(0, wanted.size()));
    assertTrue(got.size() > wanted.size(), got.toString());
  }

  @Test
  void c19EachMigrationHasTheSevenKeysInThatOrder() {
    assertEquals(3, report.path("against").path("migrations").size());
    for (JsonNode migration : report.path("against").path("migrations")) {
      assertEquals(
          List.of(
              "version",
              "name",
              "success",
              "error",
              "skipped",
              "skipped_reason",
              "execution_time_ms"),
          keys(migration).subList(0, 7));
    }
  }

  @Test
  void typesAreTheOriginalsAndSoAreTheValuesThatDoNotDependOnTheServer() {
    compare("", example.path("against"), report.path("against"));
  }

  @Test
  void c20APassedMigrationHasErrorNullSkippedFalseReasonNull() {
    JsonNode passed = migration(0);
    assertTrue(passed.path("error").isNull());
    assertEquals("false", passed.path("skipped").toString());
    assertTrue(passed.path("skipped_reason").isNull());
  }

  @Test
  void c21AFailedMigrationHasSuccessFalseAnErrorTextSkippedFalse() {
    JsonNode failed = migration(1);
    assertEquals("false", failed.path("success").toString());
    assertEquals(
        folder.resolve("20260401000002_bad.up.sql")
            + ":1:13: ERROR 42P01: relation \"nosuch\" does not exist",
        failed.path("error").asText());
    assertEquals("false", failed.path("skipped").toString());
  }

  @Test
  void c22ASkippedMigrationHasErrorNullAndAReason() {
    JsonNode skipped = migration(2);
    assertTrue(skipped.path("error").isNull());
    assertEquals(
        "non-transactional: cannot run inside SAVEPOINT", skipped.path("skipped_reason").asText());
  }

  @Test
  void c23AllPassedIgnoresSkippedMigrationsAndIsFalseAsSoonAsOneOtherFailed() throws IOException {
    assertEquals("false", report.path("against").path("all_passed").toString());
    file("20260401000002_bad", "SELECT 1;");
    report = rehearsed();
    assertEquals("true", report.path("against").path("all_passed").toString());
  }

  @Test
  void c24TotalPassedFailedAndSkippedCountAsShown() throws IOException {
    Files.delete(folder.resolve("20260401000002_bad.up.sql"));
    Files.delete(folder.resolve("20260401000002_bad.down.sql"));
    report = rehearsed();
    JsonNode against = report.path("against");
    assertEquals(
        List.of("2", "1", "0", "1"),
        List.of("total", "passed", "failed", "skipped").stream()
            .map(key -> against.path(key).toString())
            .toList());
  }

  private JsonNode migration(int index) {
    return report.path("against").path("migrations").path(index);
  }

  private static void compare(String path, JsonNode wanted, JsonNode got) {
    assertEquals(wanted.getNodeType(), got.getNodeType(), path);
    switch (wanted.getNodeType()) {
      case OBJECT ->
          wanted
              .properties()
              .forEach(
                  each ->
                      compare(path + "/" + each.getKey(), each.getValue(), got.get(each.getKey())));
      case ARRAY -> {
        assertEquals(wanted.size(), got.size(), path);
        for (int i = 0; i < wanted.size(); i++) {
          compare(path + "/" + i, wanted.get(i), got.get(i));
        }
      }
      default -> {
        boolean ofTheServer =
            path.endsWith("/against_url")
                || path.endsWith("/execution_time_ms")
                || wanted.asText().equals("…");
        if (!ofTheServer) {
          assertEquals(wanted, got, path);
        }
      }
    }
  }

  private static List<String> keys(JsonNode object) {
    List<String> keys = new ArrayList<>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }
}
