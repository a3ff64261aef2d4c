package dev.confiture.preflight.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.rehearsal.Evidence;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.Outcome.Cause;
import dev.confiture.preflight.verdict.Outcome.JudgedFailure;
import dev.confiture.preflight.verdict.Verdict;
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
    String summary = StepSummary.write(Runs.orders(), "preflight --migrations-dir db");
    assertEquals(
        """
            ## ✗ Preflight: 2 of 6 pending migrations would fail in production

            **Fix these 2:** [0143](#0143) line 6, [0145](#0145) line 1. Blocked until then: [0144](#0144). 3 pass.

            |  | Migration | Result | Where | Time |
            |---|---|---|---|---:|
            | ✓ | 0142_orders_status_default | passed |  | 12 ms |
            | ✗ | **0143_users_nickname_required** | failed, 42703 | line 6, col 18 | 3 ms |
            | ⊘ | 0144_users_display_name_key | blocked by [0143](#0143) | line 1, col 54 |  |
            | ✗ | **0145_audit_log** | failed, 42P07 | line 1, col 14 | 3 ms |
            | ✓ | 0146_orders_created_at_idx | passed, outside a transaction |  | 21 ms |
            | ✓ | 0147_customers_vat_id | passed |  | 6 ms |

            <a name="0143"></a>

            ### ✗ 0143_users_nickname_required.up.sql, line 6, column 18

            `column "nickname" of relation "users" does not exist` (SQLSTATE 42703)

            ```sql
                  4 │ ALTER TABLE users
                  5 │     ADD COLUMN display_name text,
              >   6 │     ALTER COLUMN nickname SET NOT NULL,
                    │                  ^^^^^^^^
                  7 │     ADD CONSTRAINT users_nickname_not_blank CHECK (btrim(nickname) <> '');
            ```

            - statement 2 of 2, action 2 of 3; nickname is also used on line 7
            - public.users has: id, email, login, nick_name, created_at   (closest: nick_name)
            - blocks services/orders/db/migrations/0144_users_display_name_key.up.sql:1:54  needs users.display_name (line 5 above)

            <a name="0145"></a>

            ### ✗ 0145_audit_log.up.sql, line 1, column 14

            `relation "audit_log" already exists` (SQLSTATE 42P07)

            ```sql
              >   1 │ CREATE TABLE audit_log (
                    │              ^^^^^^^^^
                  2 │     id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            ```

            - statement 1 of 1
            - the schema has public.audit_log (table, owner dba_ops, columns: id, note)
            - columns differ, this file's against the schema's: +payload jsonb, -note text
            - 0145 is taken as not applied (142 applied (public.tb_confiture))

            <a name="0144"></a>

            ### ⊘ 0144_users_display_name_key.up.sql, blocked by [0143](#0143)

            Needs `users.display_name`, at line 5 there, which takes no effect. The server said: `column "display_name" does not exist` (SQLSTATE 42703), at line 1, column 54. Its own verdict is not known until that is mended.

            """,
        summary.substring(0, summary.indexOf("<details>")));
    assertTrue(
        summary.endsWith(
            """
            Same on your machine:

            ```
            preflight --migrations-dir db
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
        StepSummary.write(
            Runs.report(many, List.of(), Verdict.FAILED, Optional.empty()), "preflight");
    int bytes = summary.getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes <= 900 * 1024, bytes + " bytes");
    assertTrue(summary.contains("There is no room here"), "not said");
    assertTrue(summary.endsWith("</details>\n\n"), "what was checked is missing");
    long fences = summary.lines().filter(line -> line.startsWith("```")).count();
    assertEquals(0, fences % 2);
  }

  @Test
  void aMessageOfAnyLengthLeavesRoomForTheOthers() {
    String loud = "<@a|`\u20ac".repeat(1_000_000);
    Sample first = Runs.sample("1", "loud", "SELECT 1;");
    Failure failure = first.failure(Sample.error("P0001", loud, loud, loud), 1, "1", Evidence.NONE);
    JudgedFailure again = new JudgedFailure(failure, new Cause.Own());
    Sample second = Runs.sample("2", "quiet", "SELECT x;");
    List<JudgedMigration> migrations = new ArrayList<>();
    migrations.add(
        first.failed(failure, Collections.nCopies(50, again).toArray(JudgedFailure[]::new)));
    migrations.add(first.unverified(failure, loud));
    migrations.add(first.skipped(loud));
    migrations.add(
        second.failed(
            second.failure(
                Sample.error("42703", "column \"x\" does not exist"), 1, "x", Evidence.NONE)));
    String summary =
        StepSummary.write(
            Runs.report(migrations, List.of(), Verdict.FAILED, Optional.empty())
                .closed(Optional.empty(), Collections.nCopies(100, loud)),
            "preflight " + loud);
    int bytes = summary.getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes <= 900 * 1024, bytes + " bytes");
    assertTrue(summary.contains("### ✗ 1_loud.up.sql"), "the first is not there");
    assertTrue(summary.contains("column \"x\" does not exist"), "the last is not there");
    assertTrue(summary.contains("There is more in the step's log"), "not said");
    assertTrue(summary.endsWith("</details>\n\n"), "what was checked is missing");
    assertTrue(
        StepSummary.problem(loud, loud).getBytes(StandardCharsets.UTF_8).length < 300 * 1024);
  }

  @Test
  void nothingPendingSaysThatNothingWasChecked() {
    String summary = StepSummary.write(Runs.nothingPending(), "preflight");
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
  void codeEndsWhereWeEndIt() {
    assertEquals("`a`", Markdown.code("a\n"));
    assertEquals("``a `b` c``", Markdown.code("a `b` c"));
    assertEquals("``` ``a ```", Markdown.code("``a"));
    assertEquals("", Markdown.code(" "));
  }

  @Test
  void aVersionThatCouldEndALinkIsNone() {
    Sample odd =
        new Sample("db/migrations", "1](x)\"><", "a", "ALTER TABLE missing ADD a integer;\n");
    String summary =
        StepSummary.write(
            Runs.report(
                List.of(
                    odd.failed(
                        odd.failure(
                            Sample.error("42P01", "relation \"missing\" does not exist"),
                            1,
                            "missing",
                            Evidence.NONE))),
                List.of(),
                Verdict.FAILED,
                Optional.empty()),
            "preflight");
    assertTrue(summary.contains("**Fix this one:** 1&#93;(x)\"&gt;&lt; line 1."), summary);
    assertFalse(summary.contains("<a name"), summary);
  }

  @Test
  void aFenceIsLongerThanAnyWithin() {
    String fence = Collections.nCopies(5, "`").stream().reduce("", String::concat);
    assertEquals(fence + "text\na ```` b\n" + fence + "\n", Markdown.block("text", "a ```` b\n"));
    assertFalse(Markdown.block("", "a").startsWith("````"));
  }
}
