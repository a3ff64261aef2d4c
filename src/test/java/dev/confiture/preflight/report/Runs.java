package dev.confiture.preflight.report;

import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.StaticCheck;
import dev.confiture.preflight.migrations.StaticCheck.CheckedMigration;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.rehearsal.Evidence;
import dev.confiture.preflight.rehearsal.Failure.StatementPlace;
import dev.confiture.preflight.rehearsal.Interruption;
import dev.confiture.preflight.rehearsal.RelationFacts;
import dev.confiture.preflight.rehearsal.RunMode;
import dev.confiture.preflight.seed.RestoreGap;
import dev.confiture.preflight.seed.RestoreGap.LostObject;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.verdict.FailureHints;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whole runs made up by hand. */
final class Runs {

  private static final String FOLDER = "services/orders/db/migrations";

  private static final Report.Pending PENDING =
      new Report.Pending(
          new Tool.Choice("confiture", "0.9.4", "files named *.up.sql"),
          "142 applied (public.tb_confiture)",
          148,
          List.of("0142", "0143", "0144", "0145", "0146", "0147"),
          List.of(),
          List.of(),
          false,
          List.of(),
          Optional.empty());

  private static final Report.MigratedOn EMBEDDED =
      new Report.MigratedOn(
          "embedded PostgreSQL 15.19",
          "15.19",
          "clone",
          "orders_owner",
          "owner of tb_confiture",
          false,
          List.of(),
          List.of());

  /** Of the files all is well but for one index. */
  private static final StaticCheck FILES =
      new StaticCheck(
          new Tool.Choice("confiture", "0.9.4", "files named *.up.sql"),
          true,
          List.of(
              checked("0145", "audit_log", true),
              checked("0146", "orders_created_at_idx", true, "CREATE INDEX CONCURRENTLY: i")),
          Map.of(),
          List.of(),
          true,
          List.of(),
          List.of());

  private Runs() {}

  /** A file that was checked. */
  static CheckedMigration checked(
      String version, String name, boolean hasDown, String... nonTransactional) {
    return new CheckedMigration(
        new MigrationFile(version, name, Path.of(FOLDER, version + "_" + name + ".up.sql")),
        hasDown,
        List.of(nonTransactional),
        Optional.of("b4e0497804e46e0a0b0b8c31975b062152d551bac49c3c2e80932567b4085dcd"),
        Optional.empty());
  }

  /** The service {@code orders}: two migrations fail, one is blocked, three pass. */
  static Report orders() {
    Sample statusDefault =
        sample("0142", "orders_status_default", "ALTER TABLE orders ALTER status SET DEFAULT 1;\n");
    Sample nickname =
        sample(
            "0143",
            "users_nickname_required",
            """
            -- JIRA-4711: nicknames become mandatory
            SET LOCAL lock_timeout = '3s';

            ALTER TABLE users
                ADD COLUMN display_name text,
                ALTER COLUMN nickname SET NOT NULL,
                ADD CONSTRAINT users_nickname_not_blank CHECK (btrim(nickname) <> '');
            """);
    Sample key =
        sample(
            "0144",
            "users_display_name_key",
            "CREATE UNIQUE INDEX users_display_name_key ON users (display_name);\n");
    Sample auditLog =
        sample(
            "0145",
            "audit_log",
            """
            CREATE TABLE audit_log (
                id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                payload  jsonb NOT NULL
            );
            """);
    Evidence users =
        evidence("users", "orders_owner", "id", "email", "login", "nick_name", "created_at");
    return report(
        List.of(
            statusDefault.passed(12, RunMode.TRANSACTION),
            nickname.failed(
                nickname.failure(
                    Sample.error(
                        "42703", "column \"nickname\" of relation \"users\" does not exist"),
                    2,
                    "nickname",
                    Optional.of(
                        new StatementPlace.ActionPlace(2, 3, "ALTER COLUMN nickname SET NOT NULL")),
                    users)),
            key.blocked(
                key.failure(
                    Sample.error("42703", "column \"display_name\" does not exist"),
                    1,
                    "display_name)",
                    users),
                nickname.blocks(
                    DatabaseObject.of(ObjectKind.COLUMN, "display_name", QualifiedName.of("users")),
                    "display_name")),
            auditLog.failed(
                auditLog.failure(
                    Sample.error("42P07", "relation \"audit_log\" already exists"),
                    1,
                    "audit_log",
                    evidence("audit_log", "dba_ops", "id", "note"))),
            sample("0146", "orders_created_at_idx", "CREATE INDEX CONCURRENTLY i ON orders (at);\n")
                .passed(21, RunMode.OUTSIDE_TRANSACTION),
            sample("0147", "customers_vat_id", "ALTER TABLE customers ADD vat_id text;\n")
                .passed(6, RunMode.TRANSACTION)),
        List.of(),
        Verdict.FAILED,
        Optional.empty());
  }

  /** With an extension that is not installed, and a time limit that ended the run. */
  static Report interrupted() {
    Sample places = sample("0142", "places", "ALTER TABLE places ADD COLUMN area geometry;\n");
    return report(
        List.of(
            places.unverified(
                places.failure(
                    Sample.error("42704", "type \"geometry\" does not exist"),
                    1,
                    "geometry",
                    Evidence.NONE),
                "it needs geometry, which is not here: extension postgis is not installed"),
            sample("0143", "late", "SELECT 1;\n").skipped("the time limit of 60 s was reached")),
        List.of(
            new RestoreGap(
                "extension postgis is not installed here",
                Sample.error("0A000", "extension \"postgis\" is not available"),
                new Position(17, 1),
                "CREATE EXTENSION postgis",
                List.of(
                    new LostObject(
                        DatabaseObject.of(ObjectKind.TYPE, QualifiedName.of("geometry")),
                        new Position(17, 1))))),
        Verdict.ERROR,
        Optional.of(
            new Interruption(
                Interruption.Kind.TIME_LIMIT,
                "the time limit of 60 s was reached",
                "raise --time-limit")));
  }

  /** Nothing is pending, on a server that was named. */
  static Report nothingPending() {
    return nothingPending(
        new StaticCheck(
            new Tool.Choice("plain", "psql 15", "numbered .sql files"),
            false,
            List.of(checked("0199", "a", false)),
            Map.of(),
            List.of(),
            false,
            List.of(),
            List.of()));
  }

  /** The same, with other files. */
  static Report nothingPending(StaticCheck check) {
    return new Report(
        "postgresql://app@db:5432/staging",
        Verdict.PASSED,
        List.of(),
        FailureHints.of(List.of()),
        new Report.Pending(
            new Tool.Choice("plain", "psql 15", "numbered .sql files"),
            "since 0200",
            3,
            List.of(),
            List.of(),
            List.of(),
            false,
            List.of(),
            Optional.empty()),
        check,
        Report.Seed.NONE,
        Optional.empty(),
        new Report.Remarks(List.of(), List.of(Report.NOTHING_CHECKED)),
        new Report.Ending(Optional.empty(), false, Optional.empty(), List.of(), 4));
  }

  /** These migrations, on the embedded server. */
  static Report report(
      List<JudgedMigration> migrations,
      List<RestoreGap> gaps,
      Verdict verdict,
      Optional<Interruption> interruption) {
    return new Report(
        Report.EMBEDDED,
        verdict,
        migrations,
        FailureHints.of(migrations),
        PENDING,
        FILES,
        new Report.Seed(
            Optional.empty(),
            Optional.of(new Report.Schema("prod.sql", Optional.of("15.14"), 412, 210)),
            gaps),
        Optional.of(EMBEDDED),
        new Report.Remarks(List.of(), List.of()),
        new Report.Ending(interruption, false, Optional.empty(), List.of(), 3800));
  }

  static Sample sample(String version, String name, String sql) {
    return new Sample(FOLDER, version, name, sql);
  }

  static Evidence evidence(String table, String owner, String... columns) {
    return new Evidence(
        List.of(
            new RelationFacts(
                QualifiedName.of("public", table),
                "table",
                owner,
                Stream.of(columns).map(name -> new RelationFacts.Column(name, "text")).toList(),
                List.of())),
        List.of(),
        Set.of());
  }
}
