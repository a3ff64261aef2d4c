package dev.confiture.preflight.migrations.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.migrations.Folder;
import dev.confiture.preflight.migrations.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plain file runs as {@code psql -f} runs it; what only psql can do is not judged. */
final class PlainRefusalsTest {

  private final Path path;

  PlainRefusalsTest(@TempDir Path path) {
    this.path = path;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BEGIN; SELECT 1; COMMIT;",
        "COPY t FROM stdin;\n1\n\\.\n",
        "\uFEFFSELECT 1;",
        "\\restrict abc\nSELECT 1;\n\\unrestrict abc\n",
        "\\set ON_ERROR_STOP on\nSELECT 1;\n",
        "\\echo done\n\\timing on\n",
        ""
      })
  void psqlDoesThese(String text) throws IOException {
    assertEquals(List.of(), refusals(text));
  }

  @Test
  void anotherFileIsNotRead() throws IOException {
    Refusal refusal = refusals("SELECT 1;\n\\i other.sql\n").getFirst();
    assertEquals(Refusal.Stage.NOT_REHEARSABLE, refusal.stage());
    assertEquals("\\i needs psql, which the rehearsal does not use", refusal.message());
    assertEquals(10, refusal.start());
    assertEquals(12, refusal.end());
  }

  @Test
  void aVariableThatChangesWhatIsSentIsNotRehearsed() throws IOException {
    List<Refusal> refusals = refusals("\\set AUTOCOMMIT off\n\\set schema app\nSELECT 1;\n");
    assertEquals(
        List.of(
            "\\set needs psql, which the rehearsal does not use",
            "\\set needs psql, which the rehearsal does not use"),
        refusals.stream().map(Refusal::message).toList());
  }

  @Test
  void neitherADownFileNorAVersionOfItsOwnIsAskedFor() throws IOException {
    Folder folder = new Folder(path).with("1_a.sql", "1_b.sql");
    assertEquals(List.of(), folder.refusals("plain", "1_a.sql"));
  }

  private List<Refusal> refusals(String text) throws IOException {
    return new Folder(path).holding("1_a.sql", text).refusals("plain", "1_a.sql");
  }
}
