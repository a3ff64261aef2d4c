package dev.confiture.preflight.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.runner.Command;
import dev.confiture.preflight.runner.StepRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole steps, on the embedded server. */
final class ActionTest {

  private static final String SCHEMA = "CREATE TABLE users (id int, nick_name text);\n";

  @TempDir Path temp;

  private Step step() throws IOException {
    return Step.in(temp)
        .file("db/schema.sql", SCHEMA)
        .with("schema_file", "db/schema.sql")
        .with("since", "1");
  }

  @Test
  void failuresAreErrorsOnTheirPlaceAndWhatFollowsIsANotice() throws IOException {
    Step.Ended ended =
        step()
            .file("db/migrations/1_a.sql", "\nALTER TABLE users ALTER nickname SET NOT NULL;\n")
            .file("db/migrations/2_b.sql", "CREATE TABLE t (\n);\nSELEC 1;\n")
            .file("db/migrations/3_c.sql", "ALTER TABLE t ADD COLUMN x int;\n")
            .with("json_file", "report.json")
            .run();
    List<Command> annotations = ended.read().annotations();
    assertEquals(
        List.of(
            new Command(
                "error",
                Map.of(
                    "file", "db/migrations/1_a.sql",
                    "line", "2",
                    "endline", "2",
                    "col", "25",
                    "endcolumn", "32",
                    "title", "Migration 1 would fail in production (42703)"),
                """
                column "nickname" of relation "users" does not exist

                statement 1 of 1
                public.users has: id, nick_name   (closest: nick_name)"""),
            new Command(
                "error",
                Map.of(
                    "file", "db/migrations/2_b.sql",
                    "line", "3",
                    "endline", "3",
                    "col", "1",
                    "endcolumn", "5",
                    "title", "Migration 2 would fail in production (42601)"),
                """
                syntax error at or near "SELEC"

                statement 2 of 2

                Blocks 1 later migration: 3."""),
            new Command(
                "notice",
                Map.of(
                    "file", "db/migrations/3_c.sql",
                    "line", "1",
                    "endline", "1",
                    "col", "13",
                    "endcolumn", "13",
                    "title", "Migration 3 is blocked by migration 2"),
                """
                Not judged on its own: it needs t, at line 1 of 2_b.sql, which takes no effect.
                The server said: ERROR 42P01: relation "t" does not exist""")),
        annotations);
    assertEquals(1, ended.code());
    assertEquals("failed", ended.output("verdict"));
    assertEquals(
        List.of("3", "3", "0", "2", "1", "0", "0"),
        List.of("total", "pending", "passed", "failed", "blocked", "unverified", "skipped").stream()
            .map(ended::output)
            .toList());
    assertEquals("report.json", ended.output("json_path"));
    assertEquals("all_passed", List.copyOf(ended.outputs().keySet()).getLast());
    assertEquals("false", ended.output("all_passed"));
    assertTrue(
        ended.summary().startsWith("## ✗ Preflight: 2 of 3 pending migrations would fail"),
        ended.summary());
    List<String> log = ended.read().log();
    int folded = log.indexOf("##[endgroup]");
    assertTrue(log.get(folded + 1).startsWith("FAIL  2 failed, 1 blocked of 3"), ended.out());
    assertTrue(ended.summary().contains("What was checked, and what was not"));
    assertTrue(Files.readString(temp.resolve("workspace/report.json")).contains("\"42703\""));
  }

  @Test
  void aPassSaysSo() throws IOException {
    Step.Ended ended = step().file("db/migrations/1_a.sql", "SELECT 1;\n").run();
    assertEquals(0, ended.code());
    assertEquals("true", ended.output("all_passed"));
    assertEquals("passed", ended.output("verdict"));
    assertEquals("clone", ended.output("isolation"));
    assertEquals(List.of(), ended.read().annotations());
  }

  @Test
  void aVersionBeyondTheLastFilePassesWithAWarningThatNothingWasChecked() throws IOException {
    Step.Ended ended = step().file("db/migrations/1_a.sql", "SELEC 1;\n").with("since", "2").run();
    assertEquals(
        List.of(
            new Command(
                "warning",
                Map.of("title", "Preflight"),
                "nothing was checked: no file has version 2 or a later one: the last is 1_a.sql")),
        ended.read().annotations());
    assertEquals(0, ended.code());
    assertEquals("true", ended.output("all_passed"));
  }

  @Test
  void aNameInThePlaceOfAVersionIsAnError() throws IOException {
    Step.Ended ended =
        step().file("db/migrations/1_a.sql", "SELEC 1;\n").with("since", "1_a").run();
    assertEquals(
        "since 1_a is the name of a file, not a version\n\nname its version: since 1",
        ended.read().annotations().getFirst().data());
    assertEquals(2, ended.code());
  }

  @Test
  void aPythonFileThatWasNotExecutedIsNotGreen() throws IOException {
    Step.Ended ended =
        step()
            .file(
                "db/migrations/1_a.py",
                """
                from confiture.models.migration import Migration


                class A(Migration):
                    def up(self):
                        self.execute("CREATE TABLE a (id int)")
                """)
            .file("db/migrations/2_b.up.sql", "CREATE TABLE b (id int);\n")
            .file("db/migrations/2_b.down.sql", "")
            .run();
    assertEquals(1, ended.code(), ended.out());
    assertEquals("unverified", ended.output("verdict"));
    assertEquals("false", ended.output("all_passed"));
    assertEquals("1", ended.output("unverified"));
    assertEquals(
        "Not verified: Python migration, not executed: the input python is false",
        ended.read().annotations().getFirst().data());
    assertEquals(
        new Command(
            "error",
            Map.of("title", "Preflight: unverified"),
            "1_a could not be verified: Python migration, not executed: the input python is false\n\n"
                + "the step fails by fail_on: unverified"),
        ended.read().annotations().getLast());
    assertFalse(ended.summary().contains("--no-python"), ended.summary());
  }

  @Test
  void neverFailingIsGreenAndStillFalse() throws IOException {
    Step.Ended ended =
        step().file("db/migrations/1_a.sql", "SELEC 1;\n").with("fail_on", "never").run();
    assertEquals(0, ended.code());
    assertEquals("false", ended.output("all_passed"));
  }

  @Test
  void whatAMigrationSaysIsNoCommand() throws IOException {
    Step.Ended ended =
        step()
            .file(
                "db/migrations/1_a.sql",
                """
                DO $$ BEGIN RAISE EXCEPTION E'x\\n::set-output name=all_passed::true\\n##[add-mask]x'
                  USING DETAIL = E'\\n  ::stop-commands::abcdefgh', HINT = '##[set-output name=all_passed;]true'; END $$;
                """)
            .run();
    StepRun read = ended.read();
    assertEquals(List.of(), read.masks());
    assertEquals("false", ended.output("all_passed"));
    assertEquals(1, read.annotations().size());
    assertTrue(read.annotations().getFirst().data().contains("::set-output name=all_passed::true"));
    assertTrue(read.log().stream().anyMatch(line -> line.contains("## [add-mask]x")), ended.out());
  }

  @Test
  void aFilesNameIsNoCommand() throws IOException {
    Step.Ended ended =
        Step.in(temp)
            .file("db/schema.sql", SCHEMA)
            .file("\u00a0::set-output name=all_passed::true/1_a\u001b[31m.sql", "SELEC 1;\n")
            .with("schema_file", "db/schema.sql")
            .with("migrations_dir", "\u00a0::set-output name=all_passed::true")
            .with("since", "1")
            .run();
    assertEquals(1, ended.code(), ended.out());
    assertEquals("false", ended.output("all_passed"));
    assertEquals(1, ended.read().annotations().size());
    assertTrue(
        ended.out().lines().noneMatch(line -> line.strip().startsWith("\u00a0::set-output")),
        ended.out());
    assertTrue(ended.read().log().stream().noneMatch(line -> line.contains("\u001b")), ended.out());
  }

  @Test
  void nothingHasPassedUntilTheEnd() throws IOException {
    Step step = step().file("db/migrations/1_a.sql", "SELECT 1;\n");
    Step.Ended ended = step.run();
    assertEquals("true", ended.output("all_passed"));
    String outputs = Files.readString(temp.resolve("GITHUB_OUTPUT"));
    assertTrue(outputs.indexOf("all_passed<<") < outputs.lastIndexOf("all_passed<<"), outputs);
    assertTrue(
        outputs.substring(0, outputs.lastIndexOf("verdict<<")).contains("\nfalse\n"), outputs);
  }

  @Test
  void withoutASourceNothingIsRehearsed() throws IOException {
    Step.Ended ended = Step.in(temp).file("db/migrations/1_a.sql", "SELECT 1;\n").run();
    assertEquals(2, ended.code());
    assertEquals("error", ended.output("verdict"));
    assertEquals("false", ended.output("all_passed"));
    assertTrue(
        ended
            .read()
            .annotations()
            .getFirst()
            .data()
            .startsWith("neither source_url nor schema_file has a value"),
        ended.out());
  }

  @Test
  void aForkIsSkippedWhereThatIsAskedFor() throws IOException {
    Path event = temp.resolve("event.json");
    Files.writeString(
        event,
        """
        {"pull_request": {"head": {"repo": {"full_name": "them/fork"}},
                          "base": {"repo": {"full_name": "us/orders"}}}}
        """);
    Step.Ended ended =
        Step.in(temp)
            .file("db/migrations/1_a.sql", "SELECT 1;\n")
            .with("source_url", "postgresql://ro@db.example.com/orders")
            .with("on_missing_source", "skip")
            .withVariable("GITHUB_EVENT_NAME", "pull_request")
            .withVariable("GITHUB_EVENT_PATH", event.toString())
            .run();
    assertEquals(0, ended.code());
    assertEquals("skipped", ended.output("verdict"));
    assertEquals("false", ended.output("all_passed"));
    assertEquals(
        "source_url comes without a password: secrets are empty in pull requests from forks and"
            + " from Dependabot",
        ended.output("skipped_reason"));
    assertEquals("notice", ended.read().annotations().getFirst().name());
  }

  /** The names of the events, and who or what is behind them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pull_request | dev | {'full_name': 'them/fork'} | true",
        "pull_request | dev | null | true",
        "pull_request | dependabot[bot] | {'full_name': 'us/orders'} | true",
        "pull_request_review | dev | {'full_name': 'them/fork'} | true",
        "push | dependabot[bot] | null | true",
        "pull_request | dev | {'full_name': 'us/orders'} | false",
        "pull_request | renovate[bot] | {'full_name': 'us/orders'} | false",
        "pull_request_target | dev | {'full_name': 'them/fork'} | false",
        "push | dev | {'full_name': 'us/orders'} | false",
        "schedule | dependabot[bot] | null | false",
        "workflow_dispatch | dev | null | false",
        "merge_group | dev | null | false"
      })
  void anEmptySourceIsSkippedOnlyWhereSecretsAreNotThere(
      String event, String actor, String head, boolean skipped) throws IOException {
    Path payload = temp.resolve("event.json");
    Files.writeString(
        payload,
        ("{'pull_request': {'head': {'repo': "
                + head
                + "}, 'base': {'repo': {'full_name':"
                + " 'us/orders'}}}}")
            .replace('\'', '"'));
    Step.Ended ended =
        Step.in(temp)
            .file("db/migrations/1_a.sql", "SELECT 1;\n")
            .with("on_missing_source", "skip")
            .withVariable("GITHUB_EVENT_NAME", event)
            .withVariable("GITHUB_ACTOR", actor)
            .withVariable("GITHUB_EVENT_PATH", payload.toString())
            .run();
    assertEquals("false", ended.output("all_passed"));
    assertEquals(skipped ? 0 : 2, ended.code(), ended.out());
    assertEquals(skipped ? "skipped" : "error", ended.output("verdict"));
    if (!skipped) {
      assertEquals(
          "neither source_url nor schema_file has a value\n\n"
              + "a secret is empty where its name is misspelt, or where it belongs to an"
              + " environment that the job does not name; on_missing_source: skip is for pull"
              + " requests from forks and for Dependabot, which get none",
          ended.read().annotations().getFirst().data());
    }
  }

  @Test
  void anEventThatCannotBeReadIsNoFork() throws IOException {
    Step.Ended ended =
        Step.in(temp)
            .file("db/migrations/1_a.sql", "SELECT 1;\n")
            .with("on_missing_source", "skip")
            .withVariable("GITHUB_EVENT_NAME", "pull_request")
            .withVariable("GITHUB_EVENT_PATH", temp.resolve("nowhere.json").toString())
            .run();
    assertEquals(2, ended.code(), ended.out());
  }

  @Test
  void aSecretBesideThePullRequestOfAStrangerIsRefused() throws IOException {
    Step.Ended ended =
        Step.in(temp)
            .with("source_url", "postgresql://ro:s%65cret-word@db.example.com/orders")
            .withVariable("GITHUB_EVENT_NAME", "pull_request_target")
            .run();
    assertEquals(2, ended.code());
    assertEquals(List.of("s%65cret-word", "secret-word"), sorted(ended.read().masks()));
    assertTrue(ended.out().startsWith("::add-mask::"), ended.out());
    assertTrue(ended.read().annotations().getFirst().data().startsWith("pull_request_target"));
  }

  @Test
  void localhostIsExplained() throws IOException {
    Step.Ended ended =
        step()
            .file("db/migrations/1_a.sql", "SELECT 1;\n")
            .with("sandbox_url", "postgresql://postgres@localhost:1/postgres")
            .run();
    assertEquals(2, ended.code());
    assertTrue(
        ended.read().annotations().getFirst().data().contains("postgresql://postgres@sandbox:5432"),
        ended.out());
    assertEquals("false", ended.output("all_passed"));
  }

  @Test
  void aSandboxOnLocalhostIsRefusedBeforeProductionIsRead() throws IOException {
    Step.Ended ended =
        Step.in(temp)
            .file("db/migrations/1_a.sql", "SELECT 1;\n")
            .with("source_url", "postgresql://ro:long-secret@127.0.0.1:2/orders")
            .with("sandbox_url", "postgresql://postgres@localhost:1/postgres")
            .with("since", "1")
            .run();
    assertEquals(2, ended.code());
    String said = ended.read().annotations().getFirst().data();
    assertTrue(
        said.startsWith(
            "no server answers at postgresql://postgres@localhost:1/postgres\n"
                + "localhost is the action's own container"),
        said);
    assertFalse(said.contains("check host and port"), said);
  }

  @Test
  void inputsWithoutEffectAreNamed() throws IOException {
    Step.Ended ended =
        step()
            .file("db/migrations/1_a.sql", "SELECT 1;\n")
            .file("db/applied.txt", "0\n")
            .with("applied_from", "db/applied.txt")
            .with("exclude_schemas", "audit")
            .with("source_timeout", "60s")
            .with("source_ca_file", "ca.pem")
            .with("on_missing_source", "skip")
            .with("isolation", "clone")
            .with("allow_non_transactional", "true")
            .run();
    assertEquals(
        List.of(
            "source_ca_file has no effect without source_url",
            "exclude_schemas has no effect without source_url",
            "on_missing_source: skip has no effect beside schema_file",
            "applied_from has no effect beside since",
            "allow_non_transactional has no effect under clone isolation"),
        ended.read().annotations().stream()
            .filter(each -> each.name().equals("warning"))
            .map(Command::data)
            .toList());
    assertEquals(0, ended.code(), ended.out());
  }

  @Test
  void aValueThatMakesNoSenseIsExplained() throws IOException {
    Step.Ended ended =
        step().file("db/migrations/1_a.sql", "SELECT 1;\n").with("annotations", "maybe").run();
    assertEquals(
        "the input annotations: 'maybe' is neither true nor false\n\n"
            + "annotations means: show failures on the lines of the pull request",
        ended.read().annotations().getFirst().data());
  }

  @Test
  void aCheckoutInASubfolderIsTheRepository() throws IOException {
    Step.Ended ended =
        Step.in(temp)
            .file("orders/.git/HEAD", "")
            .file("orders/services/a/schema.sql", SCHEMA)
            .file("orders/services/a/db/migrations/1_a.sql", "SELEC 1;\n")
            .with("working_directory", "orders/services/a")
            .with("schema_file", "schema.sql")
            .with("since", "1")
            .with("json_file", "report.json")
            .run();
    assertEquals(
        "services/a/db/migrations/1_a.sql",
        ended.read().annotations().getFirst().properties().get("file"));
    assertEquals("orders/services/a/report.json", ended.output("json_path"));
  }

  /** A file that the run reads is neither emptied nor replaced, nor is an earlier report. */
  @ParameterizedTest
  @CsvSource({"db/schema.sql", "db/migrations/1_a.sql"})
  void aReportDoesNotReplaceAnInput(String input) throws IOException {
    Step step = step().file("db/migrations/1_a.sql", "SELECT 1;\n").with("json_file", input);
    String before = Files.readString(step.workspace().resolve(input));
    Step.Ended ended = step.run();
    assertEquals(2, ended.code(), ended.out());
    assertEquals("", ended.output("json_path"));
    assertEquals(before, Files.readString(step.workspace().resolve(input)));
  }

  @Test
  void aReportDoesNotLeaveTheWorkspaceByALink() throws IOException {
    Path outside = Files.writeString(temp.resolve("outside"), "kept");
    Step step = step().file("db/migrations/1_a.sql", "SELECT 1;\n");
    Files.createSymbolicLink(step.workspace().resolve("link.json"), outside);
    assertEquals(2, step.with("json_file", "link.json").run().code());
    assertEquals("kept", Files.readString(outside));
  }

  /** A pull request may hold a link in place of any file that is read. */
  @ParameterizedTest
  @CsvSource({
    "db/schema.sql,            schema_file",
    "applied.txt,              applied_from",
    "db/environments/ci.yaml,  confiture_config",
    "db/migrations/1_a.up.sql, ",
    "db/migrations/1_a.yaml,   ",
    "db/migrations/2_b.py,     ",
    "db/migrations,            migrations_dir",
  })
  void noLinkLeadsToAFileOutsideTheWorkspace(String link, @Nullable String input)
      throws IOException {
    String secret = "postgresql://u:s3cr3t-of-production@db/shop";
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Files.writeString(outside.resolve("1_a.up.sql"), "SELECT 1 FROM \"" + secret + "\";\n");
    Path target =
        link.equals("db/migrations") ? outside : Files.writeString(outside.resolve("env"), secret);
    for (Path to : List.of(target, Path.of("/proc/self/environ"))) {
      Step step =
          Step.in(Files.createTempDirectory(temp, "step"))
              .file("db/schema.sql", SCHEMA)
              .file("db/migrations/1_a.up.sql", "SELECT 1;\n")
              .file("db/migrations/1_a.down.sql", "SELECT 1;\n")
              .with("schema_file", "db/schema.sql")
              .with("json_file", "report.json");
      Path place = step.workspace().resolve(link);
      delete(place);
      Files.createDirectories(Optional.ofNullable(place.getParent()).orElseThrow());
      Files.createSymbolicLink(place, to);
      if (input == null) {
        step.with("since", "1");
      } else {
        step.with(input, link);
      }
      Step.Ended ended = step.run();
      assertEquals(2, ended.code(), ended.out());
      String all =
          ended.out() + ended.summary() + Files.readString(step.workspace().resolve("report.json"));
      assertFalse(all.contains("s3cr3t"), all);
      assertFalse(all.contains("PATH="), all);
      assertTrue(all.contains(input == null ? link : input), all);
    }
  }

  private static void delete(Path place) throws IOException {
    if (Files.exists(place)) {
      try (Stream<Path> all = Files.walk(place)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  @Test
  void nothingTellsWhatIsAppliedAndTheSchemaIsInUse() throws IOException {
    Step.Ended ended =
        Step.in(temp)
            .file("db/schema.sql", SCHEMA)
            .file("db/migrations/1_a.sql", "SELECT 1;\n")
            .with("schema_file", "db/schema.sql")
            .run();
    assertEquals(2, ended.code());
    assertTrue(ended.out().contains("nothing tells which migrations are applied"), ended.out());
  }

  @Test
  void adviceNamesInputsAndNotTheOptionsOfTheCommandLine() throws IOException {
    Step.Ended ended = step().with("migrations_dir", "db/none").run();
    assertEquals(2, ended.code());
    assertEquals(
        "the migrations folder "
            + "WORKSPACE/db/none does not exist\n\nname the folder with migrations_dir",
        ended.read().annotations().getFirst().data().replaceAll("/[^ ]*/workspace", "WORKSPACE"));
  }

  @Test
  void tenOfAKindAreShownAndTheTenthCountsTheOthers() throws IOException {
    Step step = step();
    for (int i = 1; i <= 12; i++) {
      step.file("db/migrations/" + i + "_m.sql", "SELEC " + i + ";\n");
    }
    List<Command> annotations = step.run().read().annotations();
    assertEquals(10, annotations.size());
    assertEquals("3 more", annotations.getLast().properties().get("title"));
  }

  @Test
  void whatTheSandboxLacksIsNamedBeforeTheSchemaIsRestored() throws IOException {
    Step.Ended ended =
        step()
            .file(
                "db/schema.sql",
                "CREATE EXTENSION hstore; CREATE EXTENSION timescaledb; CREATE TABLE t (id int);")
            .file("db/migrations/1_a.sql", "SELECT 1;\n")
            .run();
    assertEquals("true", ended.output("all_passed"));
    List<String> log = ended.read().log();
    int named = indexOf("does not have the extension timescaledb: what needs it is left out", log);
    assertTrue(named >= 0 && named < indexOf("preparing the database", log), ended.out());
    assertTrue(ended.summary().contains("shared_preload_libraries"), ended.summary());
  }

  private static int indexOf(String words, List<String> log) {
    for (int i = 0; i < log.size(); i++) {
      if (log.get(i).contains(words)) {
        return i;
      }
    }
    return -1;
  }

  @ParameterizedTest
  @CsvSource({
    "summary, yes",
    "fail_on, sometimes",
    "json_file, db",
    "json_file, no/such/folder.json"
  })
  void anInputThatIsAboutResultsCostsNoOutput(String input, String value) throws IOException {
    Step.Ended ended = step().file("db/migrations/1_a.sql", "SELECT 1;\n").with(input, value).run();
    assertEquals(2, ended.code());
    assertEquals("false", ended.output("all_passed"));
    assertEquals("error", ended.output("verdict"));
    assertTrue(ended.read().annotations().getFirst().data().contains(value), ended.out());
  }

  @Test
  void withoutAnnotationsAFailingStepStillSaysThatItFails() throws IOException {
    List<Command> annotations =
        step()
            .file("db/migrations/1_a.sql", "SELEC 1;\n")
            .with("annotations", "false")
            .run()
            .read()
            .annotations();
    assertEquals(1, annotations.size());
    assertEquals("error", annotations.getFirst().name());
    assertEquals("Preflight: failed", annotations.getFirst().properties().get("title"));
  }

  @Test
  void aBadInputIsNamed() throws IOException {
    Step.Ended ended = step().with("annotations", "yes").run();
    assertEquals(2, ended.code());
    assertTrue(
        ended
            .read()
            .annotations()
            .getFirst()
            .data()
            .startsWith("the input annotations: 'yes' is neither true nor false"),
        ended.out());
    assertEquals("false", ended.output("all_passed"));
  }

  @Test
  void anEmptyWorkspaceSaysWhatIsMissing() throws IOException {
    Step step = Step.in(temp).with("schema_file", "db/schema.sql");
    Files.delete(step.workspace().resolve(".git"));
    assertTrue(step.run().out().contains("nothing was checked out"));
  }

  @Test
  void aFileNameBreaksNeitherALineNorATable() throws IOException {
    Step.Ended ended =
        step()
            .file(
                "db/migrations/1_a|`b`<script>@x\n::set-output name=all_passed::true.sql",
                "SELEC 1;\n")
            .run();
    assertEquals(1, ended.code());
    assertEquals("false", ended.output("all_passed"));
    StepRun read = ended.read();
    assertEquals(1, read.annotations().size());
    assertFalse(ended.summary().contains("<script>") && !ended.summary().contains("```"));
    String row =
        ended.summary().lines().filter(line -> line.startsWith("| ✗")).findFirst().orElse("");
    assertTrue(
        row.startsWith("| ✗ | **1_a&#124;&#96;b&#96;&lt;script&gt;&#64;x "), ended.summary());
    assertEquals(6, row.chars().filter(c -> c == '|').count(), row);
  }

  private static List<String> sorted(List<String> masks) {
    return masks.stream().distinct().sorted().toList();
  }
}
