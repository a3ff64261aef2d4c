package dev.confiture.preflight.migrations.confiture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.migrations.ConfiguredLedger;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of confiture's configuration, in a time that no file makes long. */
@Timeout(60)
final class ConfigurationTest {

  private static final String URL = "database_url: postgresql://app@db:5433/shop\n";

  private final Path file;

  ConfigurationTest(@TempDir Path folder) {
    this.file = folder.resolve("production.yaml");
  }

  @Test
  void theUrlAndTheTrackingTableCount() throws IOException {
    ConfiguredLedger.Location read =
        read(
            """
            name: production
            database_url: postgresql://app:pw@db:5433/shop?sslmode=require
            include_dirs: [db/schema]
            migration: { tracking_table: ops.tb_confiture }
            """);
    assertEquals(file, read.file());
    assertEquals("postgresql://app@db:5433/shop", read.database().redacted());
    assertEquals(Optional.of("pw"), read.database().password());
    assertEquals(Optional.of("require"), read.database().get("sslmode"));
    assertEquals(QualifiedName.of("ops", "tb_confiture"), read.table());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "migration:\n",
        "migration: {}\n",
        "migration: {tracking_table: }\n",
        "migration: {strict_mode: true, tracking_table: ~}\n",
        "migration_table: other\n"
      })
  void theTrackingTableIsTbConfitureWhereNoneIsNamed(String rest) throws IOException {
    assertEquals(QualifiedName.of("tb_confiture"), read(URL + rest).table());
  }

  @Test
  void whatElseStandsThereIsIgnoredInSilence() throws IOException {
    read(
        URL
            + """
            database: not a mapping
            ssh_tunnel: "${NOT_SET}"
            build:
              - ${NOT_SET}
            seed: [1, 2024-01-01, ~]
            """);
  }

  @Test
  void theOlderSectionCountsWhereThereIsNoUrl() throws IOException {
    ConfiguredLedger.Location read =
        read(
            """
            database_url:
            database:
              host: db
              port: 5433
              database: shop
              user: app
              password: 0815
            """);
    assertEquals("postgresql://app@db:5433/shop", read.database().redacted());
    assertEquals(Optional.of("0815"), read.database().password());
  }

  @Test
  void itHasTheDefaultsOfConfiture() throws IOException {
    assertEquals(
        "postgresql://postgres@localhost:5432/postgres",
        read("database: {password: ''}\n").database().redacted());
  }

  @Test
  void theUrlWinsOverIt() throws IOException {
    assertEquals(
        "postgresql://app@db:5433/shop",
        read(URL + "database: {host: other}\n").database().redacted());
  }

  @Test
  void whatTheUrlLeavesOpenIsInTheEnvironment() throws IOException {
    ConfiguredLedger.Location read =
        read(
            "database_url: postgresql://db/shop",
            Map.of("PGUSER", "deploy", "PGPASSWORD", "secret"));
    assertEquals("postgresql://deploy@db/shop", read.database().redacted());
    assertEquals(Optional.of("secret"), read.database().password());
  }

  @Test
  void variablesAreExpandedWhereverAValueIsRead() throws IOException {
    ConfiguredLedger.Location read =
        read(
            """
            database:
              host: ${DB_HOST}
              port: ${DB_PORT}
              user: app_${STAGE}
              password: "${DB_PASSWORD}"
            migration: {tracking_table: "${STAGE}.tb_confiture"}
            """,
            Map.of(
                "DB_HOST", "db", "DB_PORT", "5433", "STAGE", "prod", "DB_PASSWORD", "a: 'b' #$c"));
    assertEquals("postgresql://app_prod@db:5433/postgres", read.database().redacted());
    assertEquals(Optional.of("a: 'b' #$c"), read.database().password());
    assertEquals(QualifiedName.of("prod", "tb_confiture"), read.table());
  }

  @Test
  void onlyANameInBracesIsAVariable() throws IOException {
    assertEquals(
        Optional.of("$HOME $$x ${Y} $"),
        read("database: {password: '$HOME $$x $${Y} $'}").database().password());
  }

  @Test
  void whatAVariableHoldsIsNotExpandedAgain() throws IOException {
    assertEquals(
        Optional.of("${B}"),
        read("database: {password: '${A}'}", Map.of("A", "${B}", "B", "b")).database().password());
  }

  @Test
  void aVariableThatIsNotSetIsNamedWithItsPlace() {
    assertProblem(
        "name: production\ndatabase_url: postgresql://app:${DB_PASSWORD}@db/shop\n",
        ":2:15: database_url needs the environment variable DB_PASSWORD, which is not set",
        "set it; the characters ${ themselves are written as $${");
  }

  @Test
  void oneThatIsEmptyIsNoUrl() {
    UsageProblem problem =
        assertThrows(
            UsageProblem.class,
            () -> read("database_url: ${URL}\ndatabase: {host: other}", Map.of("URL", "")));
    assertEquals(
        file + ":1:15: database_url is empty: its variable is set to nothing", problem.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"${}", "${A-B}", "${A:-default}", "${1}", "${", "x${A"})
  void whatIsNoVariableAndNoEscapeIsRefused(String value) {
    assertProblem(
        "database_url: \"" + value + "\"",
        ":1:15: in database_url, no name and } follow a ${",
        "write ${NAME} for the environment variable NAME, and $${ for the characters ${");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "name: production\n", "database_url: ''\n"})
  void aConfigurationWithoutADatabaseIsRefused(String text) {
    UsageProblem problem = assertThrows(UsageProblem.class, () -> read(text));
    assertEquals("the configuration " + file + " names no database", problem.text());
    assertEquals(Optional.of("give it a database_url"), problem.hint());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tb_confiture | tb_confiture",
        "_t1 | _t1",
        "Ledger | Ledger",
        "public.tb_confiture | public.tb_confiture",
        "select.tb_confiture | select.tb_confiture"
      })
  void aTrackingTableHasLettersDigitsUnderscoresAndPerhapsASchema(String name, String read)
      throws IOException {
    assertEquals(read, read(URL + "migration: {tracking_table: " + name + "}").table().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1t", "a.b.c", "a b", "'a;b'", "a-b", "\"\\\"a\\\"\"", ".a", "a.", "é"})
  void anyOtherNameIsRefusedWithoutRepeatingIt(String name) {
    assertProblem(
        URL + "migration:\n  tracking_table: " + name + "\n",
        ":3:19: tracking_table is not the name of a table",
        "it holds only letters, digits and _, optionally with a schema: public.tb_confiture");
  }

  @ParameterizedTest
  @ValueSource(strings = {"user", "Table", "public.order"})
  void soIsAReservedWord(String name) {
    assertProblem(
        URL + "migration:\n  tracking_table: " + name + "\n",
        ":3:19: tracking_table is a reserved word of PostgreSQL's",
        "choose a name such as tb_confiture");
  }

  @Test
  void aLongNameIsCutAsTheServerDoes() throws IOException {
    assertEquals(
        "x".repeat(63),
        read(URL + "migration: {tracking_table: " + "x".repeat(70) + "}").table().name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "database_url: [a] | 1:15: database_url is a list, not a text",
        "database_url: {a: b} | 1:15: database_url is a mapping, not a text",
        "database: db:5432 | 1:11: database is text, not a mapping of keys to values",
        "{database: {}, migration: [a]} | 1:27: migration is a list, not a mapping of keys to values",
        "database: {port: [5432]} | 1:18: port is a list, not a text",
        "database: {port: 0x50} | 1:18: port is no number from 1 to 65535",
        "database: {port: 65536} | 1:18: port is no number from 1 to 65535",
        "database: {port: 0} | 1:18: port is no number from 1 to 65535",
        "- database_url | 1:1: the configuration is a list, not a mapping of keys to values",
        "postgresql://app@db/shop | 1:1: the configuration is text, not a mapping of keys to values"
      })
  void aValueOfTheWrongTypeIsNamedWithItsPlace(String text, String message) {
    assertEquals(file + ":" + message, assertThrows(UsageProblem.class, () -> read(text)).text());
  }

  @Test
  void aUrlThatIsNoneIsRefusedWithoutRepeatingIt() {
    assertProblem(
        "database_url: mysql://app:hunter2@db/shop",
        ":1:15: database_url: a connection string starts with postgresql:// or is written as"
            + " host=… dbname=…",
        "write it as postgresql://user@host:port/database");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: 1~  b: 2~ | 2:4: mapping values are not allowed here",
        "a: [1, 2~b: 3~ | 2:2: while parsing a flow sequence: expected ',' or ']'",
        "a: \"b~ | 2:1: while scanning a quoted scalar: found unexpected end of stream",
        "a: 1~---~b: 2~ | 2:1: expected a single document in the stream",
        "a: 1~b: 2~a: 3~ | 3:1: the key a is there twice",
        "a: !secret b~ | 1:4: the tag is not known",
        "a: *nowhere~ | 1:4: found undefined alias",
        "a: &a~  <<: *a~ | 1:4: it contains itself"
      })
  void brokenYamlIsNamedWithItsPlace(String lines, String message) {
    UsageProblem problem = assertThrows(UsageProblem.class, () -> read(lines.replace('~', '\n')));
    String[] place = message.split(": ", 2);
    assertEquals(
        file + ":" + place[0] + ": the configuration cannot be used: " + place[1], problem.text());
    assertEquals(
        Optional.of("a value with characters such as : # @ % { [ stands in quotes"),
        problem.hint());
  }

  /** What is broken may be a password. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "password: *hunter2",
        "password: !hunter2!x y",
        "password: \"\\hunter2\"",
        "password: \"\\xhunter2\"",
        "password: |hunter2",
        "password: 'x'hunter2",
        "password: hunter2: x",
        "password: [hunter2",
        "password: 'hunter2",
        "password: &a &hunter2 x",
        "hunter2\npassword: x",
        "password: !<hunter2",
        "password: \"hunter2\u0001\"",
        "database_url: postgresql://app:hunter2@db:port/shop",
        "database_url: postgresql://app:hunter2",
        "database: {password: hunter2, port: hunter2}",
        "database_url: !hunter2 x",
        "migration: {tracking_table: hunter-2}\ndatabase_url: postgresql://app:hunter2@db/shop"
      })
  void noProblemRepeatsWhatStandsInTheFile(String text) {
    UsageProblem problem = assertThrows(UsageProblem.class, () -> read(text));
    for (Throwable each = problem; each != null; each = each.getCause()) {
      assertFalse(each.toString().contains("hunter"), each.toString());
    }
  }

  @Test
  void anAnchorAndAMergedMappingAreRead() throws IOException {
    ConfiguredLedger.Location read =
        read(
            """
            defaults: &defaults
              host: db
              user: app
            database:
              <<: *defaults
              user: deploy
            """);
    assertEquals("postgresql://deploy@db:5432/postgres", read.database().redacted());
  }

  @Test
  void severalMayBeMergedAndTheFirstWins() throws IOException {
    assertEquals(
        "postgresql://a@db:5432/postgres",
        read("x: &x {user: a}\ny: &y {user: b, host: db}\ndatabase: {<<: [*x, *y]}\n")
            .database()
            .redacted());
  }

  @Test
  void aBombOfAliasesIsRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 10; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(9)));
    }
    UsageProblem problem = assertThrows(UsageProblem.class, () -> read(bomb.toString()));
    assertTrue(problem.text().contains("exceeds the specified max=50"), problem.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: "})
  void whatIsNestedWithoutEndIsRefused(String opening) {
    assertEquals(
        file + ":1:1: the configuration cannot be used: it is nested too deeply",
        assertThrows(UsageProblem.class, () -> read(opening.repeat(100_000))).text());
  }

  @Test
  void aFileThatIsMuchTooLongIsRefused() {
    assertEquals(
        file + " is larger than 1 MiB, and is not read",
        assertThrows(UsageProblem.class, () -> read("#" + "x".repeat(1 << 20))).text());
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstKey() throws IOException {
    assertEquals("postgresql://app@db:5433/shop", read("\uFEFF" + URL).database().redacted());
  }

  @Test
  void aFileThatIsNoTextIsRefused() throws IOException {
    Files.write(file, "name: é".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(
        file + ":1:7: the configuration cannot be used: it is not UTF-8: byte 0xE9",
        assertThrows(UsageProblem.class, () -> Confiture.configuredLedger(file, Map.of())).text());
  }

  @Test
  void aMissingFileIsNamed() {
    assertEquals(
        "the configuration " + file + " does not exist",
        assertThrows(UsageProblem.class, () -> Confiture.configuredLedger(file, Map.of())).text());
  }

  @Test
  void aFolderCannotBeRead() throws IOException {
    Files.createDirectory(file);
    assertEquals(
        file
            + ":1:1: the configuration cannot be used: it cannot be read: java.io.IOException: Is a"
            + " directory",
        assertThrows(UsageProblem.class, () -> Confiture.configuredLedger(file, Map.of())).text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"production", "p", "1", "eu-west_2", "PROD"})
  void anEnvironmentIsAFileOfThatName(String name) {
    assertEquals(Path.of("db/environments", name + ".yaml"), Configuration.ofEnvironment(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "-x", "_x", "a/b", "a.b", "a b", "a\n", "é", "/etc/passwd", ""})
  void aNameThatLeadsElsewhereIsNoEnvironment(String name) {
    UsageProblem problem =
        assertThrows(UsageProblem.class, () -> Configuration.ofEnvironment(name));
    assertEquals("--env " + name + " is not the name of an environment", problem.text());
  }

  private void assertProblem(String text, String message, String hint) {
    UsageProblem problem = assertThrows(UsageProblem.class, () -> read(text));
    assertEquals(file + message, problem.text());
    assertEquals(Optional.of(hint), problem.hint());
  }

  private ConfiguredLedger.Location read(String text) throws IOException {
    return read(text, Map.of());
  }

  private ConfiguredLedger.Location read(String text, Map<String, String> environment)
      throws IOException {
    Files.writeString(file, text);
    return Confiture.configuredLedger(file, environment);
  }
}
