package dev.confiture.preflight.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.migrations.StaticCheck;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.rehearsal.Evidence;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.Observation;
import dev.confiture.preflight.rehearsal.RunMode;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.Outcome.Cause;
import dev.confiture.preflight.verdict.Outcome.JudgedFailure;
import dev.confiture.preflight.verdict.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TableReportTest {

  private static final Look UNICODE = new Look(false, true);
  private static final Look ASCII = new Look(false, false);

  @Test
  void showsEveryMigrationAndThenEachCauseWithItsPlace() {
    assertEquals(
        """
        Schema     prod.sql, PostgreSQL 15.14, 412 tables
        Sandbox    embedded PostgreSQL 15.19, clone isolation, migrations run as orders_owner (owner of tb_confiture)
        Tool       confiture as measured with 0.9.4 (files named *.up.sql)
        Pending    confiture: 148 files, 142 applied (public.tb_confiture), 6 pending
        Static     1 non-transactional statement

          ✓  0142_orders_status_default    passed                                   12 ms
          ✗  0143_users_nickname_required  FAILED   42703   line 6, col 18
          ⊘  0144_users_display_name_key   blocked by 0143_users_nickname_required
          ✗  0145_audit_log                FAILED   42P07   line 1, col 14
          ✓  0146_orders_created_at_idx    passed   outside a transaction           21 ms
          ✓  0147_customers_vat_id         passed                                    6 ms

        ✗ services/orders/db/migrations/0143_users_nickname_required.up.sql:6:18
          ERROR 42703: column "nickname" of relation "users" does not exist
              4 │ ALTER TABLE users
              5 │     ADD COLUMN display_name text,
          >   6 │     ALTER COLUMN nickname SET NOT NULL,
                │                  ^^^^^^^^
              7 │     ADD CONSTRAINT users_nickname_not_blank CHECK (btrim(nickname) <> '');
          statement 2 of 2, action 2 of 3; nickname is also used on line 7
          public.users has: id, email, login, nick_name, created_at   (closest: nick_name)
          blocks  services/orders/db/migrations/0144_users_display_name_key.up.sql:1:54  needs users.display_name (line 5 above)

        ✗ services/orders/db/migrations/0145_audit_log.up.sql:1:14
          ERROR 42P07: relation "audit_log" already exists
          >   1 │ CREATE TABLE audit_log (
                │              ^^^^^^^^^
              2 │     id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
          statement 1 of 1
          the schema has public.audit_log (table, owner dba_ops, columns: id, note)
          columns differ, this file's against the schema's: +payload jsonb, -note text
          0145 is taken as not applied (142 applied (public.tb_confiture))

        note: 1 non-transactional statement: 0146_orders_created_at_idx (CREATE INDEX CONCURRENTLY: i)

        Not verified: production's rows. Tables are empty here but for rows that the schema file holds.

        FAIL  2 failed, 1 blocked, 3 passed of 6 pending, in 3.8 s. The throwaway server is gone.
        """,
        TableReport.write(Runs.orders(), UNICODE));
  }

  @Test
  void staysWithinAsciiWhereTheTerminalDoes() {
    String text = TableReport.write(Runs.orders(), ASCII);
    assertTrue(text.chars().allMatch(c -> c < 0x80), text);
    assertTrue(
        text.contains(
            """
              ok       0142_orders_status_default    passed                                   12 ms
              FAIL     0143_users_nickname_required  FAILED   42703   line 6, col 18
              blocked  0144_users_display_name_key   blocked by 0143_users_nickname_required
            """),
        text);
    assertTrue(text.contains("\nFAIL services/orders/db/migrations/0143"), text);
    assertTrue(
        text.contains(
            """
              >   6 |     ALTER COLUMN nickname SET NOT NULL,
                    |                  ^^^^^^^^
            """),
        text);
  }

  @Test
  void saysWhatWasLostWhyItEndedAndWhatIsNotVerified() {
    assertEquals(
        """
        Schema     prod.sql, PostgreSQL 15.14, 412 tables
        Sandbox    embedded PostgreSQL 15.19, clone isolation, migrations run as orders_owner (owner of tb_confiture)
        Tool       confiture as measured with 0.9.4 (files named *.up.sql)
        Pending    confiture: 148 files, 142 applied (public.tb_confiture), 6 pending
        Static     1 non-transactional statement

          ?  0142_places  unverified   42704   line 1, col 36
          ⤳  0143_late    skipped: the time limit of 60 s was reached

        ? services/orders/db/migrations/0142_places.up.sql:1:36
          ERROR 42704: type "geometry" does not exist
          >   1 │ ALTER TABLE places ADD COLUMN area geometry;
                │                                    ^^^^^^^^
          statement 1 of 1
          not verified: it needs geometry, which is not here: extension postgis is not installed

        Not restored: extension postgis is not installed here (line 17 of the schema)
          so these are missing here: geometry

        note: 1 non-transactional statement: 0146_orders_created_at_idx (CREATE INDEX CONCURRENTLY: i)

        The rehearsal ended early: the time limit of 60 s was reached
          hint: raise --time-limit

        Not verified: production's rows. Tables are empty here but for rows that the schema file holds.

        ERROR  1 unverified, 1 skipped of 2 pending, in 3.8 s. The throwaway server is gone.
        """,
        TableReport.write(Runs.interrupted(), UNICODE));
  }

  @Test
  void saysThatNothingWasChecked() {
    assertEquals(
        """
        Tool       plain as measured with psql 15 (numbered .sql files)
        Pending    plain: 3 files, since 0200, 0 pending
        Static     all transactional, no duplicate versions

        PASS  no migration is pending: nothing was checked
        """,
        TableReport.write(Runs.nothingPending(), UNICODE));
  }

  @Test
  void namesTheFirstFewOfManyFilesThatCannotBeUndone() {
    StaticCheck check =
        new StaticCheck(
            new Tool.Choice("confiture", "0.9.4", "files named *.up.sql"),
            true,
            IntStream.rangeClosed(1, 7).mapToObj(n -> Runs.checked("00" + n, "x", false)).toList(),
            Map.of("008", List.of("008_a.up.sql", "008_b.up.sql")),
            List.of("009_y: expected 0123456789ab..., got b4e0497804e4..."),
            true,
            List.of(),
            List.of());
    assertEquals(
        """
        Tool       plain as measured with psql 15 (numbered .sql files)
        Pending    plain: 3 files, since 0200, 0 pending
        Static     7 irreversible (missing .down.sql), 1 duplicate version, 1 checksum mismatch

        note: 7 irreversible (missing .down.sql): 001_x, 002_x, 003_x, 004_x, 005_x, and 2 more
        note: 1 duplicate version: 008 (008_a.up.sql, 008_b.up.sql)
        note: 1 checksum mismatch: 009_y: expected 0123456789ab..., got b4e0497804e4...

        PASS  no migration is pending: nothing was checked
        """,
        TableReport.write(Runs.nothingPending(check), UNICODE));
  }

  @Test
  void doesNotClaimToHaveUndoneWhatRemains() {
    String text =
        TableReport.write(
            Runs.orders().closed(Optional.empty(), List.of("database preflight_1 stays: in use")),
            UNICODE);
    assertTrue(text.contains("left on the server: database preflight_1 stays: in use\n"), text);
    assertTrue(text.endsWith("Not everything could be undone, see above.\n"), text);
  }

  @Test
  void showsFurtherFailuresInFullAndConsequencesInShort() {
    Sample file =
        Runs.sample(
            "0150", "two", "CREATE TABLE a (x int,,);\nINSERT INTO a VALUES (1);\nDROP TABLE b;\n");
    JudgedMigration migration =
        file.failed(
            file.failure(Sample.error("42601", "syntax error"), 1, "int", Evidence.NONE),
            new JudgedFailure(
                file.failure(
                    Sample.error("42P01", "relation \"a\" does not exist"), 2, "a", Evidence.NONE),
                new Cause.Consequence(
                    file.blocks(
                        DatabaseObject.of(ObjectKind.RELATION, QualifiedName.of("a")), "a ("))),
            new JudgedFailure(
                file.failure(
                    Sample.error(
                        "42P01", "table \"b\" does not exist", "first\nsecond", "look again"),
                    3,
                    "b",
                    Evidence.NONE),
                new Cause.Own()));
    String text = write(migration);
    assertTrue(
        text.contains(
            """
              also services/orders/db/migrations/0150_two.up.sql:2:13
                ERROR 42P01: relation "a" does not exist
                follows from line 1: a
              also services/orders/db/migrations/0150_two.up.sql:3:12
                ERROR 42P01: table "b" does not exist
                DETAIL: first
                        second
                HINT: look again
                  1 │ CREATE TABLE a (x int,,);
                  2 │ INSERT INTO a VALUES (1);
              >   3 │ DROP TABLE b;
                    │            ^
                statement 3 of 3
            """),
        text);
  }

  @Test
  void saysWhichEarlierMigrationMadeWhatExistsAlready() {
    Sample first = Runs.sample("0150", "audit", "SELECT 1;\nCREATE TABLE audit_log (id int);\n");
    Sample second = Runs.sample("0151", "audit", "CREATE TABLE audit_log (id int);\n");
    String text =
        TableReport.write(
            Runs.report(
                List.of(
                    first.passed(1, RunMode.TRANSACTION),
                    second.failed(
                        second.failure(
                            Sample.error("42P07", "relation \"audit_log\" already exists"),
                            1,
                            "audit_log",
                            Runs.evidence("audit_log", "orders_owner", "id")))),
                List.of(),
                Verdict.FAILED,
                Optional.empty()),
            UNICODE);
    assertTrue(text.contains("0150_audit, earlier in this run, makes it too (line 2)"), text);
    assertFalse(text.contains("taken as not applied"), text);
  }

  @Test
  void givesABlockToABlockedMigrationWhoseCausePassed() {
    Sample first = Runs.sample("0150", "a", "BEGIN;\nCREATE TABLE a (x int);\nROLLBACK;\n");
    Sample second = Runs.sample("0151", "b", "DROP TABLE a;\n");
    String text =
        TableReport.write(
            Runs.report(
                List.of(
                    first.passed(1, RunMode.OWN_TRANSACTIONS),
                    second.blocked(
                        second.failure(
                            Sample.error("42P01", "table \"a\" does not exist"),
                            1,
                            "a;",
                            Evidence.NONE),
                        first.blocks(
                            DatabaseObject.of(ObjectKind.RELATION, QualifiedName.of("a")), "a ("))),
                List.of(),
                Verdict.FAILED,
                Optional.empty()),
            UNICODE);
    assertTrue(text.contains("⊘ services/orders/db/migrations/0151_b.up.sql:1:12\n"), text);
    assertTrue(text.contains("0150_a.up.sql:2:14, which does not make a\n"), text);
  }

  @Test
  void letsNoControlCharacterThroughWhateverItsSource() {
    String evil = "\u001b]0;owned\u0007\u001b[2J\r\u009b31m\u202e";
    Sample file = Runs.sample("0150", "x" + evil, "SELECT '" + evil + "', q;\n");
    JudgedMigration failed =
        file.failed(
            file.failure(
                Sample.error("42703", "no " + evil + "\nline", evil, evil),
                1,
                "q",
                Runs.evidence("t" + evil, evil, evil)));
    JudgedMigration passed = file.passed(1, RunMode.TRANSACTION, new Observation.Warning(evil));
    for (JudgedMigration migration :
        List.of(failed, passed, file.skipped(evil), file.unverified(firstOf(failed), evil))) {
      String text = write(migration);
      assertTrue(
          text.chars().allMatch(c -> c == '\n' || (c >= ' ' && c != 0x7f && c != 0x9b)), text);
      assertFalse(text.contains("\u202e"), text);
      assertTrue(text.contains("\\u001b]0;owned\\u0007"), text);
    }
  }

  @Test
  void coloursOnlyWhereWanted() {
    assertFalse(TableReport.write(Runs.orders(), UNICODE).contains("\u001b"));
    String coloured = TableReport.write(Runs.orders(), new Look(true, true));
    assertTrue(coloured.contains("\u001b[31mFAIL\u001b[0m  2 failed"), coloured);
    assertEquals(
        TableReport.write(Runs.orders(), UNICODE),
        coloured.replaceAll("\u001b\\[\\d+m", ""),
        "colours change nothing else");
  }

  private static Failure firstOf(JudgedMigration migration) {
    return Failures.first(migration).orElseThrow();
  }

  private static String write(JudgedMigration migration) {
    return TableReport.write(
        Runs.report(List.of(migration), List.of(), Verdict.FAILED, Optional.empty()), UNICODE);
  }
}
