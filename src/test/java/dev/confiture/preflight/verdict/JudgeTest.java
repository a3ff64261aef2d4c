package dev.confiture.preflight.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.RoleRights;
import dev.confiture.preflight.postgres.SearchPath;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.ServerErrors;
import dev.confiture.preflight.rehearsal.Evidence;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.Failure.StatementPlace;
import dev.confiture.preflight.rehearsal.MendedMigration;
import dev.confiture.preflight.rehearsal.MendedMigration.LeftOut;
import dev.confiture.preflight.rehearsal.MendedRun;
import dev.confiture.preflight.rehearsal.Place;
import dev.confiture.preflight.rehearsal.RehearsedMigration;
import dev.confiture.preflight.rehearsal.RunMode;
import dev.confiture.preflight.rehearsal.UnknownRight;
import dev.confiture.preflight.seed.RestoreGap;
import dev.confiture.preflight.seed.RestoreGap.LostObject;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.verdict.Outcome.BlockedBy;
import dev.confiture.preflight.verdict.Outcome.Cause;
import dev.confiture.preflight.verdict.Outcome.JudgedFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class JudgeTest {

  private static final SearchPath PATH = SearchPath.ofRole("app");
  private static final Place SOMEWHERE =
      new Place(new Position(1, 1), new Position(1, 2), Place.FoundBy.NAME);

  private static final RehearsedMigration ADDS_DISPLAY_NAME =
      failed(
          "0001",
          "ALTER TABLE users ADD COLUMN display_name text, ALTER COLUMN nickname SET NOT NULL;",
          "42703",
          "column \"nickname\" of relation \"users\" does not exist");

  @Test
  void columnFromOneActionOfFailedAlterTableBlocksItsIndex() {
    Outcome outcome =
        second(
            ADDS_DISPLAY_NAME,
            failed(
                "0002",
                "CREATE UNIQUE INDEX users_display_name_key ON users (display_name);",
                "42703",
                "column \"display_name\" does not exist"));
    Outcome.Blocked blocked = assertInstanceOf(Outcome.Blocked.class, outcome);
    assertEquals("0001", blocked.by().file().version());
    assertEquals("users.display_name", blocked.by().what());
    assertEquals(new Position(1, 30), blocked.by().position());
  }

  @Test
  void columnOfSameNameInAnotherTableIsNotBlocked() {
    Outcome outcome =
        second(
            ADDS_DISPLAY_NAME,
            failed(
                "0002",
                "CREATE INDEX ON orders (display_name);",
                "42703",
                "column \"display_name\" does not exist"));
    assertInstanceOf(Outcome.Failed.class, outcome);
  }

  @Test
  void columnNamedWithAnotherRelationIsNotBlocked() {
    Outcome outcome =
        second(
            ADDS_DISPLAY_NAME,
            failed(
                "0002",
                "ALTER TABLE orders ALTER COLUMN display_name SET NOT NULL;",
                "42703",
                "column \"display_name\" of relation \"orders\" does not exist"));
    assertInstanceOf(Outcome.Failed.class, outcome);
  }

  @Test
  void misspeltNameStaysFailed() {
    Outcome outcome =
        second(
            ADDS_DISPLAY_NAME,
            failed(
                "0002",
                "CREATE INDEX ON users (dispaly_name);",
                "42703",
                "column \"dispaly_name\" does not exist"));
    assertInstanceOf(Outcome.Failed.class, outcome);
  }

  @Test
  void tableThatWasNotRenamedAwayBlocksItsSuccessor() {
    Outcome outcome =
        second(
            failed(
                "0001",
                "ALTER TABLE events RENAME TO events_old; SELECT nope;",
                "42703",
                "column \"nope\" does not exist"),
            failed(
                "0002", "CREATE TABLE events ();", "42P07", "relation \"events\" already exists"));
    Outcome.Blocked blocked = assertInstanceOf(Outcome.Blocked.class, outcome);
    assertTrue(blocked.by().removal());
  }

  @Test
  void viewThatWasNotDroppedBlocksDroppingItsTable() {
    RehearsedMigration drop =
        failed(
            "0002",
            ServerErrors.withDetail(
                "2BP01",
                "cannot drop table t because other objects depend on it",
                "view v depends on table t"),
            "DROP TABLE t;",
            Failure.Source.SERVER,
            Evidence.NONE);
    RehearsedMigration keepsView =
        failed("0001", "DROP VIEW v; SELECT nope;", "42703", "column \"nope\" does not exist");
    assertInstanceOf(Outcome.Blocked.class, second(keepsView, drop));
  }

  @Test
  void tableThatExistsByOtherMeansIsNotBlocked() {
    Outcome outcome =
        second(
            ADDS_DISPLAY_NAME,
            failed(
                "0002",
                "CREATE TABLE audit_log ();",
                "42P07",
                "relation \"audit_log\" already exists"));
    assertInstanceOf(Outcome.Failed.class, outcome);
  }

  @Test
  void causeIsTheFirstOfAChain() {
    RehearsedMigration first =
        failed("0001", "CREATE TABLE a (id nosuch);", "42704", "type \"nosuch\" does not exist");
    RehearsedMigration second =
        failed(
            "0002",
            "CREATE TABLE b (a_id int REFERENCES a);",
            "42P01",
            "relation \"a\" does not exist");
    RehearsedMigration third =
        failed("0003", "CREATE INDEX ON b (a_id);", "42P01", "relation \"b\" does not exist");
    Outcome outcome =
        Judge.judge(
                List.of(first, second, third),
                MendedRun.none("it was not sent again"),
                List.of(),
                PATH,
                Optional.empty(),
                Optional.empty(),
                new Judge.Known(true, true, true))
            .getLast()
            .outcome();
    assertEquals("0001", assertInstanceOf(Outcome.Blocked.class, outcome).by().file().version());
  }

  @Test
  void enumLabelThatWasNotAddedBlocksItsUse() {
    Outcome outcome =
        second(
            failed(
                "0001",
                "ALTER TYPE mood ADD VALUE 'great'; SELECT nope;",
                "42703",
                "column \"nope\" does not exist"),
            failed(
                "0002",
                "INSERT INTO t VALUES ('great');",
                "22P02",
                "invalid input value for enum mood: \"great\""));
    assertInstanceOf(Outcome.Blocked.class, outcome);
  }

  @Test
  void foreignKeyIntoEmptyLookupTableNeedsData() {
    RehearsedMigration insert =
        failed(
            "0001",
            ServerErrors.of("23503", "insert violates foreign key"),
            "INSERT INTO users (role_id) VALUES (1);",
            Failure.Source.SERVER,
            new Evidence(List.of(), List.of(QualifiedName.of("public", "roles")), Set.of()));
    Outcome.Unverified unverified = assertInstanceOf(Outcome.Unverified.class, only(insert));
    assertTrue(unverified.reason().contains("public.roles"), unverified.reason());
  }

  @Test
  void foreignKeyWithoutAnEmptyTableIsFailed() {
    RehearsedMigration insert =
        failed(
            "0001",
            ServerErrors.of("23503", "insert violates foreign key"),
            "INSERT INTO users (role_id) VALUES (1);",
            Failure.Source.SERVER,
            Evidence.NONE);
    assertInstanceOf(Outcome.Failed.class, only(insert));
  }

  @Test
  void objectLostToARestoreGapIsUnverifiedAndNamesTheGap() {
    RestoreGap gap =
        new RestoreGap(
            "extension postgis is not installed here",
            ServerErrors.of("0A000", "not available"),
            new Position(1, 1),
            "CREATE EXTENSION postgis",
            List.of(
                new LostObject(
                    DatabaseObject.of(ObjectKind.RELATION, QualifiedName.of("public", "places")),
                    new Position(3, 1))));
    RehearsedMigration alter =
        failed(
            "0001",
            "ALTER TABLE places ADD COLUMN x int;",
            "42P01",
            "relation \"places\" does not exist");
    Outcome outcome =
        Judge.judge(
                List.of(alter),
                MendedRun.none("it was not sent again"),
                List.of(gap),
                PATH,
                Optional.empty(),
                Optional.empty(),
                new Judge.Known(true, true, true))
            .getFirst()
            .outcome();
    Outcome.Unverified unverified = assertInstanceOf(Outcome.Unverified.class, outcome);
    assertTrue(unverified.reason().contains("postgis"), unverified.reason());
  }

  @Test
  void rightThatTheRoleLacksHereIsUnverifiedAndOwnershipIsNot() {
    assertInstanceOf(
        Outcome.Unverified.class,
        only(
            failed(
                "0001",
                ServerErrors.of("42501", "permission denied to create role"),
                "CREATE ROLE bob;",
                Failure.Source.SERVER,
                new Evidence(
                    List.of(),
                    List.of(),
                    Set.of(),
                    Optional.of(
                        new UnknownRight("CreateRole", Optional.empty(), RoleRights.UNKNOWN)),
                    Optional.empty()))));
    assertInstanceOf(
        Outcome.Failed.class,
        only(
            failed(
                "0001",
                "ALTER TABLE payroll ADD COLUMN x int;",
                "42501",
                "must be owner of table payroll")));
  }

  @Test
  void toolsRefusalIsFailedWhateverTheServerSays() {
    RehearsedMigration refused =
        failed(
            "0001",
            ServerErrors.of("", "no down file"),
            "SELECT 1;",
            Failure.Source.TOOL,
            Evidence.NONE);
    assertInstanceOf(Outcome.Failed.class, only(refused));
  }

  @Test
  void verdictCountsBlockedAsFailedAndSkippedAsNeutral() {
    JudgedMigration passed =
        new JudgedMigration(ADDS_DISPLAY_NAME, new Outcome.Passed(Optional.empty()));
    JudgedMigration skipped =
        new JudgedMigration(ADDS_DISPLAY_NAME, new Outcome.Skipped("by choice"));
    assertEquals(Verdict.PASSED, Verdict.of(List.of()));
    assertEquals(Verdict.PASSED, Verdict.of(List.of(passed, skipped)));
    assertEquals(Verdict.SKIPPED, Verdict.of(List.of(skipped)));
    assertEquals(
        Verdict.FAILED,
        Verdict.of(
            Judge.judge(
                List.of(ADDS_DISPLAY_NAME),
                MendedRun.none("it was not sent again"),
                List.of(),
                PATH,
                Optional.empty(),
                Optional.empty(),
                new Judge.Known(true, true, true))));
  }

  @Test
  void whatPassesInTheSecondRunWithoutAnEarlierFailureIsNotRepeatable() {
    Outcome outcome = mended(List.of(ADDS_DISPLAY_NAME), List.of(PASSES)).getFirst();
    assertFalse(assertInstanceOf(Outcome.Failed.class, outcome).repeatable());
  }

  @Test
  void whatPassesInTheSecondRunIsBlockedEvenWhereNoNameTellsTheCause() {
    RehearsedMigration unrelated = failed("0002", "SELECT f();", "P0001", "not yet");
    MendedMigration failsAgain =
        new MendedMigration(
            ADDS_DISPLAY_NAME.failures(),
            List.of(new LeftOut(ADDS_DISPLAY_NAME.migration().text().statements().getFirst())),
            List.of());
    Outcome outcome =
        mended(List.of(ADDS_DISPLAY_NAME, unrelated), List.of(failsAgain, PASSES)).getLast();
    BlockedBy by = assertInstanceOf(Outcome.Blocked.class, outcome).by();
    assertEquals("0001", by.file().version());
    assertEquals(Optional.empty(), by.object());
  }

  @Test
  void furtherErrorsOfTheSecondRunAreToldWithTheFirstOne() {
    RehearsedMigration first = failed("0001", "DROP VIEW v;", "42P01", "view \"v\" does not exist");
    Failure further =
        failed("0001", "DROP TYPE t;", "42704", "type \"t\" does not exist").failures().getFirst();
    MendedMigration again =
        new MendedMigration(List.of(first.failures().getFirst(), further), List.of(), List.of());
    Outcome.Failed failed =
        assertInstanceOf(Outcome.Failed.class, mended(List.of(first), List.of(again)).getFirst());
    assertEquals("42P01", failed.failure().error().sqlState());
    assertEquals(List.of(new JudgedFailure(further, new Cause.Own())), failed.further());
    assertTrue(failed.repeatable());
  }

  private static final MendedMigration PASSES =
      new MendedMigration(List.of(), List.of(), List.of());

  private static List<Outcome> mended(
      List<RehearsedMigration> first, List<MendedMigration> second) {
    return Judge.judge(
            first,
            new MendedRun(second, Optional.empty()),
            List.of(),
            PATH,
            Optional.empty(),
            Optional.empty(),
            new Judge.Known(true, true, true))
        .stream()
        .map(JudgedMigration::outcome)
        .toList();
  }

  private static Outcome second(RehearsedMigration first, RehearsedMigration second) {
    return Judge.judge(
            List.of(first, second),
            MendedRun.none("it was not sent again"),
            List.of(),
            PATH,
            Optional.empty(),
            Optional.empty(),
            new Judge.Known(true, true, true))
        .getLast()
        .outcome();
  }

  private static Outcome only(RehearsedMigration migration) {
    return Judge.judge(
            List.of(migration),
            MendedRun.none("it was not sent again"),
            List.of(),
            PATH,
            Optional.empty(),
            Optional.empty(),
            new Judge.Known(true, true, true))
        .getFirst()
        .outcome();
  }

  /** Fails at its last statement. */
  private static RehearsedMigration failed(
      String version, String sql, String sqlState, String message) {
    return failed(
        version, ServerErrors.of(sqlState, message), sql, Failure.Source.SERVER, Evidence.NONE);
  }

  private static RehearsedMigration failed(
      String version, ServerError error, String sql, Failure.Source source, Evidence evidence) {
    Script script = Script.of(SourceText.of(sql));
    List<Statement> statements = script.statements();
    StatementPlace place =
        new StatementPlace(
            statements.size(), statements.size(), statements.getLast(), Optional.empty());
    return new RehearsedMigration(
        new Migration(
            new MigrationFile(version, "m", Path.of(version + "_m.sql")),
            new MigrationText.Sql(script)),
        RunMode.TRANSACTION,
        1,
        List.of(new Failure(source, error, SOMEWHERE, Optional.of(place), evidence)),
        statements,
        List.of(),
        Optional.empty());
  }
}
