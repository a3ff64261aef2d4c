package dev.confiture.preflight.migrations.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.migrations.Folder;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.PendingSet;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.sql.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sqitch 1.3.1 does about its plan. */
final class SqitchTest {

  private static final String BEGINNING = "%syntax-version=1.0.0\n%project=conv\n\n";
  private static final String DEV = " Dev <dev@example.org> # ";

  private final Path path;

  SqitchTest(@TempDir Path path) {
    this.path = path;
  }

  /** The ids are those that a real run recorded. */
  @Test
  void anIdHoldsAllBefore() {
    SqitchPlan plan =
        SqitchPlan.of(
            SourceText.of(
                BEGINNING
                    + "c1_a 2024-01-01T00:00:01Z"
                    + DEV
                    + "a\nc2_b 2024-01-01T00:00:02Z"
                    + DEV
                    + "b\n"));
    assertEquals(
        List.of(
            "a2ec5ed870252ab813c675dd857593ec37807ffa", "8f113ab768cd280cc24082609b946ae26c36612a"),
        plan.changes().stream().map(SqitchPlan.Change::id).toList());
  }

  @Test
  void aReworkedChangeHasTheScriptOfItsTag() throws IOException {
    plan("a", "@v1", "b", "@v2", "a");
    deploy("a@v1", "b", "a");
    assertEquals(
        List.of("a@v1.sql", "b.sql", "a.sql"), Folder.names(folder().list("sqitch").files()));
    assertEquals(List.of("a@v2", "b", "a"), folder().versions("sqitch"));
  }

  @Test
  void aNameIsGivenOnceBetweenTags() throws IOException {
    plan("a", "b", "a");
    deploy("a", "b");
    assertEquals(
        List.of(
            "sqitch deploys nothing: syntax error in sqitch.plan at line 6: change \"a\" duplicates"
                + " an earlier one without a tag between"),
        refusals(folder().pending("sqitch").migrations().getFirst()));
  }

  @Test
  void whatIsInsertedBeforeADeployedChangeIsRefused() throws IOException {
    plan("a", "b", "c");
    deploy("a", "b", "c");
    PendingSet pending = folder().pending("sqitch", "a", "c");
    assertEquals(List.of("b"), pending.outOfOrder());
    assertEquals(
        Refusal.Stage.NOT_RUN, pending.migrations().getFirst().refusals().getFirst().stage());
  }

  @Test
  void dependenciesAreLookedAtBefore() throws IOException {
    plan("a", "b [a gone other:x]", "c [!a]", "@v1", "d [a@v1 @v1]");
    deploy("a", "b", "c", "d");
    List<Migration> pending = folder().pending("sqitch", "a").migrations();
    assertEquals(
        List.of(
            List.of("sqitch deploys nothing: Missing required change: gone"),
            List.of("sqitch deploys nothing: Conflicts with previously deployed change: a"),
            List.of()),
        pending.stream().map(SqitchTest::refusals).toList());
  }

  @Test
  void variablesAreThoseOfTheProject() throws IOException {
    plan("a");
    Files.createDirectories(path.resolve("deploy"));
    Files.writeString(path.resolve("deploy/a.sql"), "SELECT :'x', :registry, :\"y\";\n");
    Files.writeString(
        path.resolve("sqitch.conf"),
        """
        [core]
        \tengine = pg
        [engine "pg"]
        \tregistry = book
        [deploy "variables"]
        \tx = "it's"
        \ty = Y
        """);
    assertEquals("SELECT 'it''s', book, \"Y\";\n", folder().sent("sqitch", "a.sql"));
  }

  /** The plan lies in {@code top_dir}; each kind of script where its own setting says. */
  @Test
  void scriptsLieWhereTheConfigurationSays() throws IOException {
    Path root = path;
    Files.createDirectories(root.resolve("db/forward"));
    Files.createDirectories(root.resolve("back"));
    Files.createDirectories(root.resolve(".git"));
    Files.writeString(
        root.resolve("sqitch.conf"),
        """
        [core]
        \tengine = pg
        \ttop_dir = db
        \tdeploy_dir = db/forward
        \trevert_dir = back
        """);
    Files.writeString(
        root.resolve("db/sqitch.plan"), BEGINNING + "a 2024-01-01T00:00:01Z" + DEV + "note\n");
    Files.writeString(root.resolve("db/forward/a.sql"), "SELECT 1;\n");
    Files.writeString(root.resolve("back/a.sql"), "SELECT 0;\n");
    Migration migration = new Folder(root.resolve("db")).pending("sqitch").migrations().getFirst();
    assertEquals(List.of(), refusals(migration));
    assertTrue(migration.reversible());
    assertEquals("SELECT 1;\n", new Folder(root.resolve("db")).sent("sqitch", "a.sql"));
  }

  private Folder folder() {
    return new Folder(path);
  }

  private void plan(String... lines) throws IOException {
    StringBuilder plan = new StringBuilder(BEGINNING);
    for (String line : lines) {
      plan.append(line).append(" 2024-01-01T00:00:01Z").append(DEV).append("note\n");
    }
    Files.writeString(path.resolve("sqitch.plan"), plan);
  }

  private void deploy(String... names) throws IOException {
    Files.createDirectories(path.resolve("deploy"));
    for (String name : names) {
      Files.writeString(path.resolve("deploy/" + name + ".sql"), "SELECT 1;\n");
    }
  }

  private static List<String> refusals(Migration migration) {
    return migration.refusals().stream().map(Refusal::message).toList();
  }
}
