package dev.confiture.preflight.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confiture.preflight.rehearsal.RunMode;
import dev.confiture.preflight.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JsonReportTest {

  @Test
  void confituresKeysComeFirstAndInItsOrder() throws JsonProcessingException {
    JsonNode root = read(Runs.orders());
    assertEquals(List.of("static", "against"), keys(root));
    JsonNode against = root.get("against");
    assertEquals(
        List.of(
            "against_url",
            "all_passed",
            "total",
            "passed",
            "failed",
            "skipped",
            "db_consumed",
            "migrations",
            "verdict",
            "blocked",
            "unverified",
            "isolation",
            "server_version",
            "run_as",
            "run_as_reason",
            "restore_gaps",
            "pending",
            "schema",
            "production",
            "settings",
            "warnings",
            "notes",
            "remains",
            "aftermath",
            "interruption",
            "duration_ms"),
        keys(against));
    for (JsonNode migration : against.get("migrations")) {
      assertEquals(
          List.of(
              "version",
              "name",
              "success",
              "error",
              "skipped",
              "skipped_reason",
              "execution_time_ms",
              "file",
              "outcome",
              "line",
              "column",
              "end_line",
              "end_column",
              "in_file",
              "found_by",
              "source",
              "sqlstate",
              "message",
              "detail",
              "hint",
              "context",
              "statement",
              "blocked_by",
              "unverified_reason",
              "passes_only_while",
              "repeatable",
              "mode",
              "further_failures",
              "observations"),
          keys(migration));
    }
    assertEquals(
        List.of(
            "convention",
            "selected_by",
            "files",
            "versions",
            "applied_without_file",
            "out_of_order",
            "ignored",
            "tracking_table",
            "changed_checksums",
            "applied_not_in_schema",
            "in_schema_not_applied",
            "convention_told_by"),
        keys(against.get("pending")));
  }

  @Test
  void printsAKeyALineWithTwoBlanks() {
    Report report =
        Runs.report(
            List.of(Runs.sample("0147", "vat", "SELECT 1;\n").passed(6, RunMode.TRANSACTION)),
            List.of(),
            Verdict.PASSED,
            Optional.empty());
    assertTrue(
        JsonReport.write(report)
            .contains(
                """
                  },
                  "against": {
                    "against_url": "embedded",
                    "all_passed": true,
                    "total": 1,
                    "passed": 1,
                    "failed": 0,
                    "skipped": 0,
                    "db_consumed": false,
                    "migrations": [
                      {
                        "version": "0147",
                        "name": "vat",
                        "success": true,
                        "error": null,
                        "skipped": false,
                        "skipped_reason": null,
                        "execution_time_ms": 6,
                        "file": "services/orders/db/migrations/0147_vat.up.sql",
                        "outcome": "passed",
                        "line": null,
                """));
    assertTrue(JsonReport.write(report).contains("\"restore_gaps\": [],\n"));
  }

  @Test
  void countsRootFailuresAndLeavesTheTimeOfFailuresOut() throws JsonProcessingException {
    JsonNode against = read(Runs.orders()).get("against");
    assertFalse(against.get("all_passed").asBoolean());
    assertEquals(6, against.get("total").asInt());
    assertEquals(3, against.get("passed").asInt());
    assertEquals(2, against.get("failed").asInt());
    assertEquals(1, against.get("blocked").asInt());
    assertEquals("failed", against.get("verdict").asText());

    JsonNode failed = against.get("migrations").get(1);
    assertFalse(failed.get("success").asBoolean());
    assertEquals(0, failed.get("execution_time_ms").asInt());
    assertEquals(
        "services/orders/db/migrations/0143_users_nickname_required.up.sql:6:18:"
            + " ERROR 42703: column \"nickname\" of relation \"users\" does not exist",
        failed.get("error").asText());
    assertEquals(26, failed.get("end_column").asInt());
    assertEquals(2, failed.get("statement").get("action").get("number").asInt());
    assertEquals(
        "ALTER COLUMN nickname SET NOT NULL",
        failed.get("statement").get("action").get("text").asText());

    JsonNode blocked = against.get("migrations").get(2);
    assertFalse(blocked.get("success").asBoolean());
    assertTrue(blocked.get("error").asText().contains(":1:54: ERROR 42703: "));
    assertEquals(
        """
        {"version":"0143",\
        "file":"services/orders/db/migrations/0143_users_nickname_required.up.sql",\
        "line":5,"column":16,"object":"users.display_name"}\
        """,
        blocked.get("blocked_by").toString());
  }

  @Test
  void anInterruptedRunHasItsErrorBesideItsResults() throws JsonProcessingException {
    JsonNode root = read(Runs.interrupted());
    assertEquals(List.of("error", "static", "against"), keys(root));
    assertEquals(
        """
        {"kind":"time_limit","message":"the time limit of 60 s was reached",\
        "hint":"raise --time-limit"}\
        """,
        root.get("error").toString());
    JsonNode against = root.get("against");
    assertFalse(against.get("all_passed").asBoolean());
    assertEquals("error", against.get("verdict").asText());
    assertEquals(root.get("error"), against.get("interruption"));
    JsonNode skipped = against.get("migrations").get(1);
    assertTrue(skipped.get("skipped").asBoolean());
    assertTrue(skipped.get("error").isNull());
    assertEquals("the time limit of 60 s was reached", skipped.get("skipped_reason").asText());
    assertEquals("geometry", against.get("restore_gaps").get(0).get("lost").get(0).asText());
  }

  @Test
  void nothingPendingPassesAndKeepsTheUrl() throws JsonProcessingException {
    JsonNode against = read(Runs.nothingPending()).get("against");
    assertTrue(against.get("all_passed").asBoolean());
    assertEquals("postgresql://app@db:5432/staging", against.get("against_url").asText());
    assertEquals(Report.NOTHING_CHECKED, against.get("notes").get(0).asText());
    assertTrue(against.get("server_version").isNull());
  }

  @Test
  void anErrorHasItsKindMessageAndHint() {
    assertEquals(
        """
        {
          "error": {
            "kind": "usage",
            "message": "no",
            "hint": null
          }
        }
        """,
        JsonReport.writeError("usage", "no", "", Optional.empty()));
  }

  private static JsonNode read(Report report) throws JsonProcessingException {
    return new ObjectMapper().readTree(JsonReport.write(report));
  }

  private static List<String> keys(JsonNode node) {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }
}
