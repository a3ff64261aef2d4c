package dev.confiture.preflight.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.findings.JudgedMigration;
import dev.confiture.preflight.findings.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The job summary, and what is in the way of its form. */
final class StepSummaryTest {

  @Test
  void theServiceOrders() {
    String summary = StepSummary.write(Runs.orders());
    assertEquals(
        """
        ## ✗ Preflight: 2 of 6 pending migrations would fail in production

        **Fix these 2:** 0143 line 6, 0145 line 1. 1 more blocked by them.

        |  | Migration | Result | Where | Time |
        |---|---|---|---|---:|
        | ✓ | 0142_orders_status_default | passed |  | 12 ms |
        """,
        summary.lines().limit(7).reduce("", (a, b) -> a + b + "\n"));
    assertTrue(
        summary.contains(
            """
              >   6 │     ALTER COLUMN nickname SET NOT NULL,
                    │                  ^^^^^^^^
            """),
        summary);
    assertTrue(
        summary.endsWith(
            """
            Same on your machine:

            ```
            preflight --schema-file prod.sql --migrations-dir services/orders/db/migrations
            ```

            </details>

            """),
        summary);
  }

  @Test
  void whatHasNoRoomIsLeftOutBySectionsAndSaid() {
    List<JudgedMigration> many = new ArrayList<>();
    while (many.size() < 6_000) {
      many.addAll(Runs.orders().migrations());
    }
    String summary =
        StepSummary.write(Runs.report(many, List.of(), Verdict.FAILED, Optional.empty()));
    int bytes = summary.getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes <= 900 * 1024, bytes + " bytes");
    assertTrue(summary.contains("There is no room here"), "not said");
    assertTrue(summary.endsWith("</details>\n\n"), "what was checked is missing");
    long fences = summary.lines().filter(line -> line.startsWith("```")).count();
    assertEquals(0, fences % 2);
  }

  @Test
  void nothingPendingSaysThatNothingWasChecked() {
    String summary = StepSummary.write(Runs.nothingPending());
    assertTrue(
        summary.startsWith("## ✓ Preflight: no migration is pending, nothing was checked"),
        summary);
    assertTrue(summary.contains("What was checked, and what was not"), summary);
  }

  @Test
  void wordsOfOthersAreNoMarkdown() {
    assertEquals(
        "a&#124;b &#96;c&#96; &lt;script&gt; &#64;team &#91;x&#93;(y) https&#58;//z www&#46;z d_e &#95;f&#95; g h",
        Markdown.text("a|b `c` <script> @team [x](y) https://z www.z d_e _f_ g\nh"));
  }

  @Test
  void aFenceIsLongerThanAnyWithin() {
    String fence = Collections.nCopies(5, "`").stream().reduce("", String::concat);
    assertEquals(fence + "text\na ```` b\n" + fence + "\n", Markdown.block("text", "a ```` b\n"));
    assertFalse(Markdown.block("", "a").startsWith("````"));
  }
}
