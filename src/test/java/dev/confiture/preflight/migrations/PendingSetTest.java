package dev.confiture.preflight.migrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is pending, however it is known. */
final class PendingSetTest {

  private final Folder folder;

  PendingSetTest(@TempDir Path path) {
    this.folder = new Folder(path);
  }

  @Test
  void sinceIsInclusive() throws IOException {
    PendingSet pending = three().since("confiture", "0142");
    assertEquals(List.of("0142", "0143"), Folder.versions(pending.files()));
    assertEquals("since 0142", pending.description());
  }

  @Test
  void sinceNeedsNoFileOfThatVersion() throws IOException {
    folder.with("0140_a.up.sql", "0143_b.up.sql");
    assertEquals(List.of("0143"), Folder.versions(folder.since("confiture", "0141").files()));
  }

  @Test
  void sinceBeyondTheLastLeavesNothing() throws IOException {
    assertEquals(List.of(), three().since("confiture", "0144").files());
  }

  @Test
  void sinceInASpellingThatNoFileHasIsRefused() throws IOException {
    three();
    UsageProblem problem = assertThrows(UsageProblem.class, () -> folder.since("confiture", "142"));
    assertEquals(
        "--since 142 selects no migration: confiture compares versions as strings, and so 0142"
            + " comes before it",
        problem.text());
    assertEquals(Optional.of("write it as the files do: --since 0142"), problem.hint());
  }

  @Test
  void sinceAVersionToComeLeavesNothingHoweverItIsSpelt() throws IOException {
    assertEquals(List.of(), three().since("confiture", "144").files());
  }

  @Test
  void sinceASpellingThatFindsOnlySomeIsRefused() throws IOException {
    folder.with("20260401_d.up.sql");
    three();
    UsageProblem problem = assertThrows(UsageProblem.class, () -> folder.since("confiture", "142"));
    assertEquals(
        "--since 142 does not select 0142: confiture compares versions as strings, and so 0142"
            + " comes before it",
        problem.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0142_b", "0142_b.sql", "0142_b.up.sql"})
  void sinceANameIsRefusedWithItsVersion(String name) throws IOException {
    three();
    UsageProblem problem = assertThrows(UsageProblem.class, () -> folder.since("confiture", name));
    assertEquals("--since " + name + " is the name of a file, not a version", problem.text());
    assertEquals(Optional.of("name its version: --since 0142"), problem.hint());
  }

  @ParameterizedTest
  @CsvSource({
    "next, 'c, d, e'",
    "V0, 'a, b, c'",
    "0142_other, 'a, b, c'",
    "v143, 'b, c, d'",
    "0142-1, 'a, b, c'",
    "0142 0143, 'a, b, c'",
    "9999x, 'c, d, e'"
  })
  void sinceWhatIsNoVersionIsRefusedWithTheNearest(String since, String nearest)
      throws IOException {
    three().with("0144_d.up.sql", "0145_e.up.sql");
    String versions =
        nearest
            .replace("a", "0141")
            .replace("b", "0142")
            .replace("c", "0143")
            .replace("d", "0144")
            .replace("e", "0145");
    UsageProblem problem = assertThrows(UsageProblem.class, () -> folder.since("confiture", since));
    assertEquals("--since " + since + " is not a version of these files", problem.text());
    assertEquals(
        Optional.of("the nearest are " + versions + ": name the first one that is to be rehearsed"),
        problem.hint());
  }

  @Test
  void sinceAVersionThatIsNoNumberNeedsAFileOfIt() throws IOException {
    folder.with("2026a_a.up.sql", "2026b_b.up.sql", "2026c_c.up.sql");
    assertEquals(
        List.of("2026b", "2026c"), Folder.versions(folder.since("confiture", "2026b").files()));
    assertThrows(UsageProblem.class, () -> folder.since("confiture", "2026ab"));
  }

  @Test
  void sinceComparesStringsForConfiture() throws IOException {
    folder.with("10_a.up.sql", "9_b.up.sql");
    assertEquals(List.of("9"), Folder.versions(folder.since("confiture", "9").files()));
    assertEquals(List.of("10", "9"), Folder.versions(folder.since("confiture", "1").files()));
  }

  @Test
  void sinceComparesNumbersForPlain() throws IOException {
    folder.with("10_a.sql", "9_b.sql", "008_c.sql");
    assertEquals(List.of("9", "10"), Folder.versions(folder.since("plain", "9").files()));
    assertEquals(List.of("008", "9", "10"), Folder.versions(folder.since("plain", "8").files()));
  }

  @Test
  void everyFileOfTheVersionIsSinceIt() throws IOException {
    folder.with("1_a.up.sql", "1_b.up.sql");
    assertEquals(List.of("1", "1"), Folder.versions(folder.since("confiture", "1").files()));
  }

  @Test
  void whatIsAppliedIsNotPending() throws IOException {
    PendingSet pending = three().pending("confiture", "0141", "0142");
    assertEquals(List.of("0143"), Folder.versions(pending.files()));
    assertEquals(List.of(), pending.appliedWithoutFile());
    assertEquals(List.of(), pending.outOfOrder());
    assertEquals("2 applied (applied.txt)", pending.description());
  }

  @Test
  void anOlderPendingVersionIsOutOfOrder() throws IOException {
    PendingSet pending = three().pending("confiture", "0142");
    assertEquals(List.of("0141", "0143"), Folder.versions(pending.files()));
    assertEquals(List.of("0141"), pending.outOfOrder());
  }

  @Test
  void anAppliedVersionWithoutFileIsNamed() throws IOException {
    PendingSet pending = three().pending("confiture", "0141", "0142", "0143", "0100", "0099");
    assertEquals(List.of(), pending.files());
    assertEquals(List.of("0099", "0100"), pending.appliedWithoutFile());
  }

  @Test
  void confitureKnowsAVersionByItsLetters() throws IOException {
    PendingSet pending = folder.with("0142_a.up.sql").pending("confiture", "142");
    assertEquals(List.of("0142"), Folder.versions(pending.files()));
    assertEquals(List.of("142"), pending.appliedWithoutFile());
  }

  @Test
  void plainKnowsAVersionByItsNumber() throws IOException {
    PendingSet pending = folder.with("0142_a.sql").pending("plain", "142", "00142");
    assertEquals(List.of(), pending.files());
    assertEquals(List.of(), pending.appliedWithoutFile());
  }

  @Test
  void plainPutsWhatIsNoNumberAfterTheNumbers() throws IOException {
    // Numbers and other texts, compared as strings where either is none, go round in a circle.
    String[] applied =
        IntStream.range(0, 40)
            .boxed()
            .flatMap(i -> List.of("" + i, i + "a").stream())
            .toArray(String[]::new);
    List<String> gone = folder.with("40_a.sql").pending("plain", applied).appliedWithoutFile();
    assertEquals(80, gone.size());
    assertEquals(List.of("8", "9", "10", "11"), gone.subList(8, 12));
    assertEquals(List.of("39", "0a", "10a", "11a"), gone.subList(39, 43));
  }

  @Test
  void withNothingAppliedAllIsPending() throws IOException {
    assertEquals(3, three().pending("confiture").files().size());
  }

  @Test
  void whatATrackingTableHoldsIsNotPending() throws IOException {
    PendingSet pending =
        PendingSet.of(
            three().list("confiture"),
            new Selection.NotTracked(
                new LedgerFormat.Applied(
                    QualifiedName.of("public", "tb_confiture"), Set.of("0141", "0143"), Map.of())));
    assertEquals(List.of("0142"), Folder.versions(pending.files()));
    assertEquals(List.of("0142"), pending.outOfOrder());
    assertEquals("2 applied (public.tb_confiture)", pending.description());
  }

  @Test
  void whereNothingTellsEveryFileIsPending() throws IOException {
    PendingSet pending = PendingSet.of(three().list("auto"), new Selection.Everything());
    assertEquals(List.of("0141", "0142", "0143"), Folder.versions(pending.files()));
    assertEquals("nothing tells which are applied", pending.description());
  }

  private Folder three() throws IOException {
    return folder.with("0143_c.up.sql", "0141_a.up.sql", "0142_b.up.sql");
  }
}
