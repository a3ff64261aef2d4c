package dev.confiture.preflight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.confiture.preflight.migrations.tools.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A call that makes no sense: exit code 2, what is wrong, and what to try. */
final class UsageErrorTest {

  private static final String WAYS_OUT =
      "give --source URL for the production database, --schema-file FILE (from pg_dump"
          + " --schema-only), or --against URL for a database that is seeded already; without all"
          + " three, the files alone are checked";

  private static final String LISTED = "preflight --help lists the options";

  private final Path folder;

  UsageErrorTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource({
    "--schema-flie, --schema-file",
    "--migration-dir, --migrations-dir",
    "--applied-form, --applied-from",
    "--statment-timeout, --statement-timeout",
    "--fail-one, --fail-on"
  })
  void theClosestOptionIsSuggested(String typed, String meant) {
    Cli run = Cli.run(typed, "x");
    // Others that are close may follow.
    String complaint = "preflight: Unknown option: '" + typed + "'\n  hint: did you mean " + meant;
    assertEquals(complaint, run.err().substring(0, complaint.length()));
    assertEquals(2, run.code());
  }

  @Test
  void nothingIsSuggestedForWhatLooksLikeNothing() {
    Cli.run("--quux").assertRefused("Unknown option: '--quux'", LISTED);
  }

  @Test
  void optionsAreNotAbbreviated() {
    assertEquals(2, Cli.run("--schema", "x").code());
  }

  @Test
  void aCommandIsRunOrExec() {
    Cli.run("rnu")
        .assertRefused(
            "there is no command rnu", "the commands are run and exec: preflight --help");
  }

  @Test
  void execTakesACommandAndASchema() {
    Cli.run("exec", "--schema-file", "prod.sql")
        .assertRefused(
            "exec runs a command, and none is named",
            "write it behind --, as it is run in a deployment: preflight exec --schema-file prod.sql"
                + " -- bin/rails db:migrate");
    Cli.run("exec", "--", "bin/rails", "db:migrate")
        .assertRefused(
            "no schema for exec to run the command on",
            "give --source URL, --schema-file FILE (from pg_dump --schema-only), or --from-empty");
    Cli.run("exec", "--schema-file", "prod.sql", "--env", "APP", "--", "true")
        .assertRefused(
            "--env APP is no variable of a command",
            "write --env NAME=VALUE, for example --env APP_DATABASE={url}");
    Cli.run("exec", "--schema-file", "prod.sql", "--since", "3", "--", "true")
        .assertRefused(
            "--since with exec: the command itself knows its migrations, and looks up in the clone"
                + " which are applied",
            "leave it out; the rows of the framework's table belong into the schema file");
    Cli.run("--schema-file", "prod.sql", "--framework", "rails")
        .assertRefused(
            "--framework without exec", "write preflight exec … -- COMMAND, or leave it out");
  }

  @Test
  void aSecondWordIsTooMuch() {
    Cli.run("run", "again").assertRefused("Unmatched argument at index 1: 'again'", LISTED);
  }

  @Test
  void aFileOfArgumentsIsAWordLikeAnyOther() throws IOException {
    Path arguments = Files.writeString(folder.resolve("arguments"), "--version");
    Cli.run("@" + arguments)
        .assertRefused(
            "there is no command @" + arguments, "the commands are run and exec: preflight --help");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--since 1",
        "--applied-from applied.txt",
        "--config confiture.yaml",
        "--env production",
        "--isolation auto",
        "--allow-non-transactional",
        "--run-as owner",
        "--postgres-bin bin"
      })
  void anOptionOfTheRehearsalIsRefusedWhereNoneIsMeant(String option) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--migrations-dir", migrations()));
    arguments.addAll(List.of(option.split(" ", -1)));
    Cli.run(arguments.toArray(String[]::new))
        .assertRefused("no schema to rehearse on, for " + option.split(" ", -1)[0], WAYS_OUT);
  }

  @Test
  void aSourceAndASchemaFileAreRefusedTogether() {
    Cli.run("--source", "postgresql://db/orders", "--schema-file", "prod.sql")
        .assertRefused(
            "--source and --schema-file both tell where the schema comes from", "give one of them");
  }

  @Test
  void whatTellsHowToReadProductionIsRefusedWithoutIt() {
    Cli.run("--schema-file", "prod.sql", "--data-tables", "a,b", "--source-timeout", "5s")
        .assertRefused(
            "--data-tables, --source-timeout without --source",
            "name the production database: --source URL");
  }

  @Test
  void allSuchOptionsAreNamedByTheirLongNames() {
    Cli.run("--run-as", "owner", "-c", "confiture.yaml")
        .assertRefused("no schema to rehearse on, for --config, --run-as", WAYS_OUT);
  }

  @ParameterizedTest
  @CsvSource({
    "--schema-file, FILE",
    "--against, URL",
    "--isolation, KIND",
    "--run-as, ROLE",
    "--postgres-bin, DIR",
    "--migrations-dir, DIR",
    "--tool, NAME",
    "--since, VERSION",
    "--applied-from, FILE",
    "--config, FILE",
    "--env, NAME",
    "--config, FILE",
    "--env, NAME",
    "--statement-timeout, TIME",
    "--lock-timeout, TIME",
    "--time-limit, TIME",
    "--format, FORMAT",
    "--output, FILE",
    "--fail-on, VERDICT",
    "--color, WHEN"
  })
  void anOptionNeedsItsValue(String option, String label) {
    Cli.run(option)
        .assertRefused(
            "Missing required parameter for option '" + option + "' (" + label + ")", LISTED);
  }

  @ParameterizedTest
  @CsvSource({
    "--format, xml, 'table, json'",
    "--isolation, container, 'auto, clone, savepoint'",
    "--fail-on, always, 'failed, unverified, never'",
    "--color, sometimes, 'auto, always, never'",
    "--format, '', 'table, json'"
  })
  void aWordThatIsNotOneOfThemIsRefusedWithThem(String option, String value, String words) {
    Cli.run(option, value)
        .assertRefused(
            "Invalid value for option '" + option + "': '" + value + "' is not one of " + words,
            LISTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--tool", "--convention"})
  void anUnknownToolIsRefusedWithTheKnownOnes(String option) {
    Cli.run(option, "make", "--schema-file", "x")
        .assertRefused(
            "Invalid value for option '--tool': 'make' is not one of "
                + String.join(", ", Tools.ids()),
            LISTED);
  }

  @Test
  void theToolIsNamedOnce() {
    Cli.run("--tool", "plain", "--convention", "confiture", "--schema-file", "x")
        .assertRefused("option '--tool' should be specified only once", LISTED);
  }

  @ParameterizedTest
  @CsvSource({
    "--statement-timeout, 5 minutes",
    "--lock-timeout, soon",
    "--time-limit, -1s",
    "--time-limit, ''"
  })
  void aTimeThatIsNoneIsRefusedWithTheUnits(String option, String value) {
    Cli.run(option, value)
        .assertRefused(
            "Invalid value for option '"
                + option
                + "': not a duration: write a number and us, ms, s, min, h or d, such as 90s (0 for"
                + " no limit)",
            LISTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--schema-file",
        "--postgres-bin",
        "--migrations-dir",
        "--applied-from",
        "--config",
        "--env",
        "--output",
        "--config",
        "--env",
        "--since",
        "--run-as"
      })
  void anEmptyValueIsAVariableThatWasNotSet(String option) {
    Cli.run(option, "")
        .assertRefused("Invalid value for option '" + option + "': it is empty", LISTED);
  }

  @Test
  void anEmptyConnectionStringIsNone() {
    Cli.run("--against", "")
        .assertRefused(
            "Invalid value for option '--against': a connection string starts with postgresql://"
                + " or is written as host=… dbname=…",
            LISTED);
  }

  @Test
  void aMissingMigrationsFolderIsNamed() {
    Path missing = folder.resolve("nowhere");
    Cli.run("--schema-file", "x", "--migrations-dir", missing.toString())
        .assertRefused(
            "the migrations folder " + missing + " does not exist",
            "name the folder with --migrations-dir");
  }

  @Test
  void aFolderWithoutMigrationsIsNamed() {
    Cli.run("--schema-file", "x", "--migrations-dir", folder.toString())
        .assertRefused(
            "the migrations folder " + folder + " holds no migration file",
            "migrations are named <version>_<name>.up.sql (confiture) or <version>_<name>.sql"
                + " (plain), or as another tool has them (docs/tools.md); name the folder with"
                + " --migrations-dir");
  }

  @Test
  void aMissingListOfAppliedVersionsIsNamed() throws IOException {
    Path missing = folder.resolve("applied.txt");
    String schema = Files.writeString(folder.resolve("prod.sql"), "SELECT 1;").toString();
    Cli.run(
            "--schema-file",
            schema,
            "--migrations-dir",
            migrations(),
            "--applied-from",
            "" + missing)
        .assertRefused(
            "the list of applied versions " + missing + " cannot be read",
            "check the path given with --applied-from");
  }

  @Test
  void aMissingSchemaFileIsNamed() throws IOException {
    Path missing = folder.resolve("prod.sql");
    Cli.run("--schema-file", "" + missing, "--migrations-dir", migrations())
        .assertRefused(
            "the schema file " + missing + " does not exist",
            "check the path given with --schema-file");
  }

  @Test
  void aFolderWithoutServerProgramsIsNamed() throws IOException {
    Path schema = Files.writeString(folder.resolve("prod.sql"), "SELECT 1;");
    Cli.run(
            "--schema-file",
            "" + schema,
            "--migrations-dir",
            migrations(),
            "--postgres-bin",
            "" + folder)
        .assertRefused(
            "starting the embedded server: " + folder + " does not hold both initdb and postgres",
            "name the folder of a PostgreSQL server's programs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--format json", "--format=json", "-f json", "-fjson", "-f=json", "-f JSON"})
  void asJsonTheComplaintIsOnStdoutToo(String asked) throws JsonProcessingException {
    Cli run = Cli.run(("--schema-flie x " + asked).split(" "));
    JsonNode expected =
        Cli.json(
            """
            {"error": {
              "kind": "usage",
              "message": "Unknown option: '--schema-flie'",
              "hint": "did you mean --schema-file?"
            }}
            """);
    assertEquals(expected, run.json());
    assertEquals(
        "preflight: Unknown option: '--schema-flie'\n  hint: did you mean --schema-file?\n",
        run.err());
    assertEquals(2, run.code());
  }

  @ParameterizedTest
  @CsvSource({"--since, 1, usage", "--schema-file, missing.sql, source"})
  void theKindOfTheProblemIsForMachines(String option, String value, String kind)
      throws IOException {
    Cli run = Cli.run("-f", "json", "--migrations-dir", migrations(), option, value);
    assertEquals(kind, run.json().path("error").path("kind").asText());
    assertEquals(2, run.code());
  }

  @Test
  void aProblemOfTheSandboxHasAKindToo() throws IOException {
    Cli run =
        Cli.run(
            "-f",
            "json",
            "--migrations-dir",
            migrations(),
            "--against",
            "postgresql://app@127.0.0.1:1/db");
    assertEquals("sandbox", run.json().path("error").path("kind").asText());
    assertEquals(2, run.code());
  }

  @Test
  void whatTheFilesTellStandsBesideTheErrorAsJson() throws IOException {
    Cli run =
        Cli.run(
            "-f", "json", "--migrations-dir", migrations(), "--schema-file", folder + "/gone.sql");
    assertEquals(2, run.json().size());
    assertEquals("source", run.json().path("error").path("kind").asText());
    JsonNode files = run.json().path("static");
    assertTrue(files.path("safe_to_deploy").booleanValue());
    assertEquals("1", files.path("migrations").path(0).path("version").asText());
    assertEquals(2, run.code());
  }

  @Test
  void whereTheFilesAreTheProblemNothingStandsBesideIt() throws JsonProcessingException {
    Cli run = Cli.run("-f", "json", "--migrations-dir", folder.resolve("nowhere").toString());
    assertEquals(1, run.json().size());
    assertEquals("usage", run.json().path("error").path("kind").asText());
    assertEquals(2, run.code());
  }

  @Test
  void controlCharactersOfAnArgumentDoNotReachTheTerminal() {
    Cli.run("\u001b[2J")
        .assertRefused(
            "there is no command \\u001b[2J", "the commands are run and exec: preflight --help");
  }

  private String migrations() throws IOException {
    Path migrations = Files.createDirectory(folder.resolve("migrations"));
    Files.createFile(migrations.resolve("1_a.sql"));
    return migrations.toString();
  }
}
