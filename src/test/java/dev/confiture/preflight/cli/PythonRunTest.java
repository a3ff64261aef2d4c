package dev.confiture.preflight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Python files on the command line. */
final class PythonRunTest {

  private static final String FILE =
      """
      from confiture.models.migration import Migration
      class M(Migration):
          version = "0001"
          name = "tags"
          def up(self):
              self.execute("CREATE TABLE tags (id int)")
          def down(self):
              pass
      """;

  @Test
  void theVerdictLineNamesWhatWasNotExecuted(@TempDir Path folder) throws IOException {
    Project project =
        Project.in(folder)
            .migration("0001_tags.py", FILE)
            .migration("0002_more.up.sql", "CREATE TABLE more (id int);\n")
            .migration("0002_more.down.sql", "");

    Cli run = Cli.run(project.seededBy("--no-python"));

    assertEquals(1, run.code(), run.printed());
    assertTrue(
        run.out()
            .contains(
                """
                0001_tags.py:1:1
                  not verified: Python migration, not executed: --no-python was given

                """),
        run.out());
    String last = run.out().lines().reduce("", (_, line) -> line);
    assertTrue(
        last.startsWith("UNVERIFIED  1 unverified, 1 passed of 2 pending, in ")
            && last.contains(". Python that was not executed: 0001_tags.py. "),
        last);
  }
}
