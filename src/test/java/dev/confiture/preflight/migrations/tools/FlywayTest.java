package dev.confiture.preflight.migrations.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.Folder;
import dev.confiture.preflight.migrations.LedgerFormat;
import dev.confiture.preflight.migrations.LedgerSearch;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.PendingSet;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.migrations.Selection;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.sql.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files Flyway runs, in which order and how, and what it refuses. */
final class FlywayTest {

  private static final QualifiedName TABLE = QualifiedName.of("public", "flyway_schema_history");

  private final Path root;
  private final Path path;
  private final Folder folder;
  private final List<LedgerFormat.Row> rows = new ArrayList<>();

  FlywayTest(@TempDir Path root) {
    this.root = root;
    this.path = root.resolve("src/main/resources/db/migration");
    this.folder = new Folder(path);
  }

  @BeforeEach
  void makeTheProject() throws IOException {
    Files.createDirectories(path);
    Files.createDirectory(root.resolve(".git"));
  }

  @Test
  void versionsAreComparedPartByPartAsNumbersAndRepeatableOnesAreLast() throws IOException {
    folder.with(
        "V2__d.sql",
        "V1_10__c.sql",
        "R__a.sql",
        "V1.2__a.sql",
        "V20260401120000123__f.sql",
        "V1_3__b.sql",
        "V20260401__e.SQL");
    assertEquals(
        List.of("1.2", "1.3", "1.10", "2", "20260401", "20260401120000123", "R__a"),
        Folder.versions(folder.list("auto").files()));
  }

  @Test
  void whatHasNoSuchNameIsPassedOver() throws IOException {
    folder.with("V1__a.sql", "v2__b.sql", "V3_c.sql", "V4a__d.sql", ".V5__e.sql", "U1__a.sql");
    Files.createDirectory(path.resolve("sub"));
    folder.with("sub/V6__f.sql", "V7.sql", "V8__.sql", "notes.sql");
    MigrationFolder list = folder.list("auto");
    assertEquals(List.of("1", "6", "7", "8"), Folder.versions(list.files()));
    assertEquals(
        List.of(".V5__e.sql", "U1__a.sql", "V3_c.sql", "V4a__d.sql", "notes.sql", "v2__b.sql"),
        list.ignored());
  }

  @Test
  void aStrayNameIsRefusedWhereNamesAreValidated() throws IOException {
    folder.with("V1__a.sql", "V2_b.sql");
    Files.writeString(root.resolve("flyway.conf"), "flyway.validateMigrationNaming=true\n");
    assertEquals(
        List.of("Flyway runs nothing: Invalid SQL filenames found: V2_b.sql"),
        messages(folder.refusals("auto", "V1__a.sql")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"V01__b.sql", "V1.0__b.sql", "sub/V1__b.sql"})
  void equalVersionsAreRefused(String other) throws IOException {
    Files.createDirectory(path.resolve("sub"));
    folder.with("V1__a.sql", other);
    assertTrue(
        messages(folder.refusals("auto", "V1__a.sql"))
            .getFirst()
            .startsWith("Flyway runs nothing: Found more than one migration with version 1"));
  }

  @Test
  void refinerysFilesAreAnotherTools() throws IOException {
    folder.with("V1__a.sql");
    Files.writeString(root.resolve("Cargo.toml"), "[dependencies]\nrefinery = \"0.8\"\n");
    assertFalse(Tools.findsMigrations(path, "auto"));
  }

  @Test
  void aWholeProjectIsNotSearchedForFiles() throws IOException {
    folder.with("V1__a.sql");
    assertFalse(Tools.findsMigrations(root, "auto"));
    assertTrue(Tools.findsMigrations(root.resolve("src/main/resources/db"), "auto"));
  }

  @Test
  void aBaselineMigrationStandsForWhatIsBelowItInANewDatabaseAlone() throws IOException {
    folder.with("B2__base.sql", "V1__a.sql", "V2__b.sql", "V3__c.sql", "R__v.sql");
    MigrationFolder list = folder.list("auto");
    assertEquals(
        List.of("B2", "3", "R__v"),
        Folder.versions(PendingSet.of(list, new Selection.Everything()).files()));
    row("1", "a", "V1__a.sql", "0", true);
    assertEquals(List.of("2", "3", "R__v"), pending());
  }

  @Test
  void whatIsBelowTheBaselineOfTheHistoryIsNotRun() throws IOException {
    folder.with("V1__a.sql", "V2__b.sql", "V3__c.sql");
    rows.add(
        new LedgerFormat.Row(
            "<< Flyway Baseline >>",
            Map.of("installed_rank", "1", "version", "2", "type", "BASELINE", "success", "true")));
    assertEquals(List.of("3"), pending());
    assertEquals(List.of(), refused());
  }

  @Test
  void aRepeatableOneRunsAgainWhereItsTextIsAnother() throws IOException {
    folder.holding("R__a_b.sql", "SELECT 1;\n").holding("R__c.sql", "SELECT 2;\n");
    String checksum = checksum("R__a_b.sql");
    row("", "a b", "R__a_b.sql", checksum, true);
    row("", "c", "R__c.sql", "1", true);
    assertEquals(List.of("R__c"), pending());
    row("", "c", "R__c.sql", checksum("R__c.sql"), true);
    assertEquals(List.of(), pending());
    // The last run counts, whatever ran before it.
    row("", "a b", "R__a_b.sql", "2", true);
    assertEquals(List.of("R__a_b"), pending());
  }

  @Test
  void theChecksumIsOfTheLinesWithoutTheirEnds() throws IOException {
    folder
        .holding("V1__a.sql", "CREATE TABLE x1(id int);\n")
        .holding("V2__b.sql", "\uFEFFCREATE TABLE x1(id int);\r\n\r\n");
    assertEquals("-955543359", checksum("V1__a.sql"));
    assertEquals("-955543359", checksum("V2__b.sql"));
  }

  @Test
  void changedMissingFailedAndOlderOnesAreRefusedInItsWords() throws IOException {
    folder
        .holding("V1__a.sql", "SELECT 1;")
        .holding("V2__renamed.sql", "SELECT 2;")
        .holding("V4__d.sql", "SELECT 4;")
        .holding("V6__f.sql", "SELECT 6;");
    row("1", "a", "V1__a.sql", "77", true);
    row("2", "b", "V2__b.sql", checksum("V2__renamed.sql"), true);
    row("3", "c", "V3__c.sql", "78", true);
    row("5", "e", "V5__e.sql", "79", false);
    String before = "Flyway runs nothing: Validate failed: Migrations have failed validation. ";
    assertEquals(
        List.of(
            before + "Detected resolved migration not applied to database: 4.",
            before
                + "Migration checksum mismatch for migration version 1: applied to database 77,"
                + " resolved locally "
                + checksum("V1__a.sql")
                + " (V1__a.sql)",
            before
                + "Migration description mismatch for migration version 2: applied to database b,"
                + " resolved locally renamed (V2__renamed.sql)",
            before + "Detected applied migration not resolved locally: 3.",
            before + "Detected failed migration to version 5 (e)."),
        refused());
    assertEquals(List.of("4", "6"), pending());
  }

  @Test
  void theNewestAppliedFileMayBeMissing() throws IOException {
    folder.with("V1__a.sql");
    row("1", "a", "V1__a.sql", "0", true);
    row("2", "b", "V2__b.sql", "1", true);
    assertEquals(List.of(), refused());
  }

  @Test
  void whatRanInCodeThatIsNotFoundIsNotMissing() throws IOException {
    folder.with("V1__a.sql", "V3__c.sql");
    row("1", "a", "V1__a.sql", "0", true);
    rows.add(
        new LedgerFormat.Row(
            "db.migration.V2__Fill",
            Map.of(
                "installed_rank",
                "9",
                "version",
                "2",
                "description",
                "Fill",
                "type",
                "JDBC",
                "success",
                "true")));
    assertEquals(List.of(), refused());
  }

  @Test
  void anotherValueOfAPlaceholderLetsARepeatableOneRunAgain() throws IOException {
    folder.holding("R__v.sql", "SELECT ${one};\n");
    Files.writeString(root.resolve("flyway.conf"), "flyway.placeholders.one=1\n");
    row("", "v", "R__v.sql", checksum("R__v.sql"), true);
    assertEquals(List.of(), pending());
    Files.writeString(root.resolve("flyway.conf"), "flyway.placeholders.one=2\n");
    assertEquals(List.of("R__v"), pending());
  }

  @Test
  void whatWasMarkedAsDeletedIsNotMissing() throws IOException {
    folder.with("V1__a.sql", "V3__c.sql");
    row("1", "a", "V1__a.sql", "0", true);
    row("2", "b", "V2__b.sql", "1", true);
    rows.add(
        new LedgerFormat.Row(
            "V2__b.sql",
            Map.of("installed_rank", "9", "version", "2", "type", "DELETE", "success", "true")));
    assertEquals(List.of(), refused());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "flyway.outOfOrder=true | 2, 4 | ",
        "flyway.ignoreMigrationPatterns=*:ignored,*:missing | 4 | ",
        "flyway.target=3 | 2 | 2",
        "flyway.validateOnMigrate=false | 2, 4 | 2"
      })
  void settingsDecideAboutOlderOnes(String setting, String pending, String refused)
      throws IOException {
    folder.with("V1__a.sql", "V2__b.sql", "V3__c.sql", "V4__d.sql");
    Files.writeString(root.resolve("flyway.conf"), setting + "\n");
    row("1", "a", "V1__a.sql", "0", true);
    row("3", "c", "V3__c.sql", "0", true);
    assertEquals(List.of(pending.split(", ", -1)), pending());
    assertEquals(refused == null ? 0 : 1, refused().size());
  }

  @Test
  void placeholdersAreReplacedAndPlacesStay() throws IOException {
    folder.holding(
        "V1__a.sql", "-- ${One}\nCREATE TABLE ${one}${empty}_${flyway:table} (i int); SELEC 1;\n");
    Files.writeString(
        root.resolve("flyway.toml"),
        "[flyway]\ntable = \"history\"\n[flyway.placeholders]\none = \"first\" # one\nempty = ''\n");
    assertEquals(
        "-- first\nCREATE TABLE first_history (i int); SELEC 1;\n",
        folder.sent("auto", "V1__a.sql"));
    var text = Folder.text(folder.list("auto"), folder.list("auto").files().getFirst());
    var last = text.script().statements().getLast();
    assertEquals(new Position(2, 54), last.source().position(last.start()));
  }

  @Test
  void anUnknownPlaceholderIsRefusedInACommentToo() throws IOException {
    folder.holding("V1__a.sql", "-- see ${nope}\nSELECT '$${x}';\n");
    assertEquals(
        List.of(
            "Flyway does not run the file: No value provided for placeholder: ${nope}. Check your"
                + " configuration!",
            "Flyway does not run the file: No value provided for placeholder: ${x}. Check your"
                + " configuration!"),
        messages(folder.refusals("auto", "V1__a.sql")));
    Files.writeString(root.resolve("flyway.conf"), "flyway.placeholderReplacement=false\n");
    assertEquals(List.of(), folder.refusals("auto", "V1__a.sql"));
  }

  @Test
  void theUsersValueWinsAndTheDeploymentsOwnIsNotGuessed() throws IOException {
    folder.holding("V1__a.sql", "GRANT ${role} TO \"${flyway:user}\";");
    Files.writeString(root.resolve("flyway.conf"), "flyway.placeholders.role=${ENV_ROLE}\n");
    MigrationFolder list =
        Tools.read(
            path,
            "auto",
            new Tool.Told(Map.of("ROLE", "reader"), Map.of()),
            () -> LedgerSearch.NONE);
    Migration migration = list.migrations().getFirst();
    assertEquals(
        List.of(Refusal.Stage.NOT_REHEARSABLE),
        migration.refusals().stream().map(Refusal::stage).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CREATE INDEX CONCURRENTLY i ON t (a); | false",
        "/* c */ create unique index concurrently i on t (a); | false",
        "REINDEX (VERBOSE) DATABASE d; | false",
        "VACUUM (ANALYZE) t; | false",
        "DISCARD ALL; | false",
        "REINDEX INDEX CONCURRENTLY i; | true",
        "ALTER TABLE p DETACH PARTITION q CONCURRENTLY; | true",
        "ALTER TYPE e ADD VALUE 'a'; | true",
        "CREATE INDEX concurrently_used ON t (a); | true"
      })
  void itTellsByTheFirstWordsWhatNeedsNoTransaction(String sql, boolean transactional)
      throws IOException {
    folder.holding("V1__a.sql", sql);
    assertEquals(
        transactional ? Execution.Scope.FILE : Execution.Scope.NONE, execution("1").scope());
  }

  @Test
  void bothKindsInOneFileAreRefusedAtTheSecond() throws IOException {
    folder.holding("V1__a.sql", "SET lock_timeout = '2s';\nCREATE INDEX CONCURRENTLY i ON t (a);");
    List<Refusal> refusals = folder.refusals("auto", "V1__a.sql");
    assertEquals(1, refusals.size());
    assertEquals(25, refusals.getFirst().start());
    Files.writeString(path.resolve("V1__a.sql.conf"), "executeInTransaction=false\n");
    assertEquals(List.of(), folder.refusals("auto", "V1__a.sql"));
    assertEquals(Execution.Scope.NONE, execution("1").scope());
    Files.writeString(path.resolve("V1__a.sql.conf"), "executeInTransaction=true\n");
    assertEquals(Execution.Scope.FILE, execution("1").scope());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "src/main/resources/application.properties"
            + " | spring.flyway.postgresql.transactional-lock=false",
        "src/main/resources/application.yml"
            + " | 'spring: {flyway: {postgresql: {transactional-lock: false}}}'",
        "flyway.conf | flyway.postgresql.transactional.lock = false",
        "conf/flyway.toml | [flyway.postgresql.transactional]~lock = false"
      })
  void theLocksSettingIsFoundInEveryFileOfThem(String file, String text) throws IOException {
    folder.with("V1__a.sql");
    assertTrue(execution("1").snapshot().isPresent());
    Files.createDirectories(root.resolve(file).resolveSibling(""));
    Files.writeString(root.resolve(file), text.replace('~', '\n'));
    assertTrue(execution("1").snapshot().isEmpty());
  }

  @Test
  void everyConfiguredLocationIsReadWhereTheFolderIsOneOfThem() throws IOException {
    Path other = Files.createDirectories(root.resolve("src/main/resources/db/postgresql"));
    new Folder(other).with("V2__b.sql");
    folder.with("V1__a.sql", "V3__c.sql");
    Files.writeString(
        root.resolve("src/main/resources/application.yaml"),
        """
        spring:
          flyway:
            locations:
              - classpath:db/migration
              - classpath:/db/{vendor}
        ---
        spring:
          config.activate.on-profile: test
          flyway.locations: classpath:other
        """);
    assertEquals(List.of("1", "2", "3"), Folder.versions(folder.list("auto").files()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "filesystem:src/main/resources/db/migration",
        "filesystem:src/main/resources/db/migration/sub,filesystem:src/main/resources/db/migration",
        "filesystem:src/main/resources/db/migration,filesystem:src/main/resources/db/migration/sub",
        "filesystem:src/main/resources/db/migration,filesystem:src/main/resources/db",
      })
  void everyFileIsReadOnceThroughWhateverConfigurationsOfOneLocation(String locations)
      throws IOException {
    Files.createDirectory(path.resolve("sub"));
    folder.with("V1__a.sql", "sub/V2__b.sql", "notes.sql");
    Files.writeString(root.resolve("flyway.toml"), "[flyway]\nlocations = \"" + locations + "\"\n");
    Files.writeString(root.resolve("flyway.user.toml"), "[flyway]\noutOfOrder = false\n");
    Files.writeString(
        path.resolveSibling("../application.yml").normalize(), "spring: {flyway: {group: false}}");
    Path relative = Path.of("").toAbsolutePath().relativize(path);
    for (Path each : List.of(path, relative)) {
      MigrationFolder list = new Folder(each).list("auto");
      assertEquals(List.of("1", "2"), Folder.versions(list.files()));
      assertEquals(each.resolve("V1__a.sql"), list.files().getFirst().path());
      assertEquals(List.of("notes.sql"), list.ignored());
      assertEquals(List.of(), list.migrations().getFirst().refusals());
    }
  }

  @Test
  void repeatableOnesAreComparedByTheirDescriptionsInWhichAnUnderscoreIsASpace()
      throws IOException {
    folder.with("R__10_view.sql", "R__1_types.sql", "R__9.sql", "R__a_z.sql", "R__aB.sql");
    assertEquals(
        List.of("R__1_types", "R__10_view", "R__9", "R__a_z", "R__aB"), folder.versions("auto"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "flyway.conf | flyway.locations=filesystem:sql | sql",
        "flyway.conf | flyway.table=t | sql",
        "conf/flyway.conf | flyway.locations=filesystem:sql | sql",
        "app/flyway.toml | flyway.locations = ['filesystem:./sql'] | app/sql",
        "app/flyway.toml | flyway.locations = ['filesystem:only'] | only",
        "app/flyway.toml | flyway.locations = ['classpath:db/a'] | app/src/main/resources/db/a",
        "app/flyway.toml | flyway.locations = ['/db/b'] | src/main/resources/db/b",
        "flyway.conf | flyway.locations=filesystem:db/a | ",
        "flyway.conf | flyway.locations=classpath:only,filesystem:/only,s3:sql,filesystem:* | only",
        "app/src/main/resources/application.yml"
            + " | 'spring.flyway.locations: [classpath:db/a, filesystem:sql]'"
            + " | app/src/main/resources/db/a, app/sql",
      })
  void locationsAreFromTheFolderInWhichTheProgramRuns(String file, String text, String found)
      throws IOException {
    for (String each :
        List.of(
            "sql",
            "only",
            "app/sql",
            "app/src/main/resources/db/a",
            "app/src/main/resources/sql",
            "src/main/resources/sql",
            "src/main/resources/db/a",
            "src/main/resources/db/b")) {
      Files.createDirectories(root.resolve(each));
    }
    Path written = root.resolve(file);
    Files.createDirectories(written.resolveSibling(""));
    Files.writeString(written, text + "\n");
    Path base = file.startsWith("app/") ? root.resolve("app") : root;
    assertEquals(
        found == null ? List.of() : Stream.of(found.split(", ", -1)).map(root::resolve).toList(),
        FlywaySettings.locations(base));
  }

  @Test
  void aLaterFilesLocationsAreFromItsOwnFolder() throws IOException {
    Path inside = Files.createDirectories(root.resolve("app/sql"));
    Files.createDirectory(root.resolve("sql"));
    Files.writeString(root.resolve("flyway.conf"), "flyway.locations=filesystem:elsewhere\n");
    Files.writeString(root.resolve("app/flyway.toml"), "flyway.locations = 'filesystem:sql'\n");
    assertEquals(List.of(inside), FlywaySettings.locations(root.resolve("app")));
  }

  @Test
  void aLocationOutsideOfTheProjectIsRefused() throws IOException {
    folder.with("V1__a.sql");
    Path project = Files.createDirectory(root.resolve("project")).toRealPath();
    Files.createDirectory(project.resolve(".git"));
    Path inside = Files.createDirectory(project.resolve("sql"));
    new Folder(inside).with("V2__b.sql");
    Path other = Files.createDirectory(project.resolve("other"));
    new Folder(other).with("V3__c.sql");
    Files.writeString(project.resolve("flyway.conf"), "flyway.locations=filesystem:" + path);
    String said =
        "the location filesystem:%s of flyway.conf leads out of %s, and is not read"
            .formatted("%s", project);
    assertEquals(said.formatted(path), refusal(() -> FlywaySettings.locations(project)));
    // Beside one that is deployed from here, which would be rehearsed without its files.
    Files.writeString(
        project.resolve("flyway.conf"),
        "flyway.locations=filesystem:sql,filesystem:../src/main/resources/db/migration");
    assertEquals(
        said.formatted("../src/main/resources/db/migration"),
        refusal(() -> new Folder(inside).list("auto")));
    // Another folder is named by the user, who means that one alone.
    assertEquals(List.of("3"), Folder.versions(new Folder(other).list("auto").files()));
    Files.delete(inside.resolve("V2__b.sql"));
    Files.delete(inside);
    Files.createSymbolicLink(inside, path);
    Files.writeString(project.resolve("flyway.conf"), "flyway.locations=filesystem:sql");
    assertEquals(said.formatted("sql"), refusal(() -> FlywaySettings.locations(project)));
  }

  private static String refusal(Executable reading) {
    return String.valueOf(assertThrows(UsageProblem.class, reading).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${OWNER:app} | app",
        "${OWNER:${DB_USER:app}}_${N:1} | app_1",
        "a$b{c} | a$b{c}",
        "${OWNER} | ",
        "app_${OWNER} | ",
        "${OWNER:${DB_USER}} | ",
        "${OWNER:{a}} | ",
      })
  void aVariableOfTheEnvironmentIsItsDefaultAndIsNeverSent(String value, String sent)
      throws IOException {
    folder.holding("V1__a.sql", "ALTER TABLE t OWNER TO ${owner};");
    Files.writeString(
        root.resolve("src/main/resources/application.properties"),
        "spring.flyway.placeholders.owner=" + value + "\n");
    List<Refusal> refusals = folder.refusals("auto", "V1__a.sql");
    if (sent == null) {
      assertEquals(
          List.of("the value of ${owner} is the deployment's, which is not known here"),
          messages(refusals));
      assertEquals(Refusal.Stage.NOT_REHEARSABLE, refusals.getFirst().stage());
    } else {
      assertEquals(List.of(), refusals);
      assertEquals("ALTER TABLE t OWNER TO " + sent + ";", folder.sent("auto", "V1__a.sql"));
    }
  }

  @Test
  void aValueOfTheEnvironmentIsTheDeployments() throws IOException {
    folder.holding("V1__a.sql", "ALTER TABLE ${flyway:table} OWNER TO ${Owner};");
    Files.writeString(
        root.resolve("flyway.conf"),
        """
        flyway.url=${DB_URL}
        flyway.table=${DB_TABLE}
        flyway.outOfOrder=${ANY_ORDER}
        flyway.placeholderPrefix=${
        flyway.placeholders.owner=${DB_OWNER}
        """);
    MigrationFolder list = folder.list("auto");
    assertEquals(
        List.of(
            "the value of ${flyway:table} is the deployment's, which is not known here",
            "the value of ${Owner} is the deployment's, which is not known here"),
        messages(list.migrations().getFirst().refusals()));
    assertEquals(
        List.of(Refusal.Stage.NOT_REHEARSABLE, Refusal.Stage.NOT_REHEARSABLE),
        list.migrations().getFirst().refusals().stream().map(Refusal::stage).toList());
    assertTrue(
        list.evidence()
            .endsWith(
                ", where only the deployment knows the value of outOfOrder, table: its default is"
                    + " taken"),
        list.evidence());
    Files.writeString(root.resolve("flyway.toml"), "[flyway.placeholders]\nOWNER = 'o'\n");
    assertEquals(1, folder.refusals("auto", "V1__a.sql").size());
  }

  @Test
  void propertiesAreReadAsJavaReadsThem() throws IOException {
    folder.holding("V1__a.sql", "SELECT '${a}', '${b}', '${c}';");
    Files.writeString(
        root.resolve("flyway.conf"),
        """
        \uFEFFflyway.placeholders.a=1,\\
          2
        ! flyway.placeholders.a=3
        flyway.placeholders.b: C:\\new\\
        flyway.placeholders.c = =
        """);
    assertEquals("SELECT '1,2', 'C:\\new\\', '=';", folder.sent("auto", "V1__a.sql"));
    Files.writeString(path.resolve("V1__a.sql.conf"), "\uFEFFexecuteInTransaction: \\\n  false\n");
    assertEquals(Execution.Scope.NONE, execution("1").scope());
  }

  @Test
  void aLongDescriptionIsCutAsInTheTable() throws IOException {
    folder.with("V1__" + "d".repeat(201) + ".sql");
    row("1", "d".repeat(197) + "...", "V1__a.sql", "0", true);
    assertEquals(List.of(), refused());
    assertEquals("d".repeat(197) + "...", FlywayHistory.kept("d".repeat(201)));
    assertEquals("d".repeat(200), FlywayHistory.kept("d".repeat(200)));
  }

  @Test
  void aMigrationInCodeIsNamedBetweenTheOthers() throws IOException {
    folder.with("V1__a.sql", "V3__c.sql");
    Path code = Files.createDirectories(root.resolve("src/main/java/db/migration"));
    Files.createFile(code.resolve("V2__Fill.java"));
    MigrationFolder list = folder.list("auto");
    assertEquals(List.of("1", "2", "3"), Folder.versions(list.files()));
    assertEquals(
        Refusal.Stage.NOT_REHEARSABLE, list.migrations().get(1).refusals().getFirst().stage());
  }

  @Test
  void callbacksSurroundWhatIsPending() throws IOException {
    folder
        .with("V1__a.sql", "R__v.sql", "afterVersioned.sql", "beforeRepeatables.sql")
        .with(
            "beforeMigrate__b.sql", "beforeMigrate__a.sql", "afterMigrate.sql", "afterMigrator.sql")
        .holding("beforeEachMigrate.sql", "SET LOCAL lock_timeout = '5s';")
        .holding("afterEachMigrate__x.sql", "SELECT 1;");
    MigrationFolder list = folder.list("auto");
    assertEquals(List.of("1", "R__v"), Folder.versions(list.files()));
    assertEquals(List.of("afterMigrator.sql"), list.ignored());
    assertEquals(
        List.of(
            "beforeMigrate__a.sql",
            "beforeMigrate__b.sql",
            "V1__a.sql",
            "afterVersioned.sql",
            "beforeRepeatables.sql",
            "R__v.sql",
            "afterMigrate.sql"),
        Folder.names(PendingSet.of(list, new Selection.Everything()).files()));
    assertEquals(
        List.of("beforeEachMigrate.sql"),
        execution("1").around().before().stream().map(Execution.Query::name).toList());
    assertEquals(
        List.of("afterEachMigrate__x.sql"),
        execution("1").around().after().stream().map(Execution.Query::name).toList());
  }

  @Test
  void theConfiguredSchemaHasTheHistory() throws IOException {
    folder.with("V1__a.sql");
    Files.writeString(
        root.resolve("flyway.conf"), "flyway.schemas=app,other\nflyway.table=history\n");
    assertEquals(
        Optional.of(QualifiedName.of("app", "history")),
        folder.list("auto").tool().ledger().map(LedgerFormat::name));
  }

  @Test
  void withBaselineOnMigrateADatabaseInUseIsGoneOnWith() throws IOException {
    folder.with("V1__a.sql", "V2__b.sql");
    assertEquals(Optional.empty(), folder.list("auto").tool().withoutLedger());
    Files.writeString(root.resolve("flyway.conf"), "flyway.baselineOnMigrate=true\n");
    MigrationFolder list = folder.list("auto");
    assertEquals(
        List.of("2"),
        Folder.versions(
            PendingSet.of(list, new Selection.NotTracked(list.tool().withoutLedger().orElseThrow()))
                .files()));
  }

  @Test
  void aGroupOfBothKindsIsRefused() throws IOException {
    folder.holding("V1__a.sql", "SELECT 1;").holding("V2__b_c.sql", "VACUUM;");
    Files.writeString(root.resolve("flyway.conf"), "flyway.group=true\n");
    MigrationFolder list = folder.list("auto");
    assertEquals(Execution.Scope.RUN, list.tool().execution().scope());
    PendingSet pending = PendingSet.of(list, new Selection.Everything());
    assertTrue(
        messages(pending.migrations().getLast().refusals())
            .getFirst()
            .endsWith("First offending migration: \"2 b c\" [non-transactional]"));
  }

  private void row(
      String version, String description, String script, String checksum, boolean success) {
    Map<String, String> details = new HashMap<>();
    details.put("installed_rank", Integer.toString(rows.size() + 1));
    if (!version.isEmpty()) {
      details.put("version", version);
    }
    details.put("description", description);
    details.put("type", "SQL");
    details.put("checksum", checksum);
    details.put("success", Boolean.toString(success));
    rows.add(new LedgerFormat.Row(script, details));
  }

  private PendingSet planned() {
    MigrationFolder list = folder.list("auto");
    return PendingSet.of(
        list,
        new Selection.NotTracked(list.tool().ledger().orElseThrow().rows().applied(TABLE, rows)));
  }

  private List<String> pending() {
    return Folder.versions(planned().files());
  }

  private List<String> refused() {
    return planned().migrations().stream()
        .flatMap(migration -> messages(migration.refusals()).stream())
        .toList();
  }

  private static List<String> messages(List<Refusal> refusals) {
    return refusals.stream().map(Refusal::message).toList();
  }

  private String checksum(String name) {
    return folder.list("auto").migrations().stream()
        .filter(migration -> migration.file().fileName().equals(name))
        .findFirst()
        .flatMap(Migration::checksum)
        .orElseThrow();
  }

  private Execution execution(String version) {
    MigrationFolder list = folder.list("auto");
    Migration migration =
        list.migrations().stream()
            .filter(each -> each.version().equals(version))
            .findFirst()
            .orElseThrow();
    return list.tool().execution(migration, Optional.empty());
  }
}
