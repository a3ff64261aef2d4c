package dev.confiture.preflight.migrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    assertEquals(List.of(), folder.since("confiture", "next").files());
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
    assertEquals("2 applied, applied.txt", pending.description());
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
                QualifiedName.of("public", "tb_confiture"), Set.of("0141", "0143")));
    assertEquals(List.of("0142"), Folder.versions(pending.files()));
    assertEquals(List.of("0142"), pending.outOfOrder());
    assertEquals("2 applied, public.tb_confiture", pending.description());
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
