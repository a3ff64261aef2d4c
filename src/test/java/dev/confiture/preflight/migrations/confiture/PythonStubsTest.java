package dev.confiture.preflight.migrations.confiture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.migrations.confiture.PythonRecorder.PythonStub;
import dev.confiture.preflight.process.PythonProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The stubs on the oldest Python that is taken. */
final class PythonStubsTest {

  @Test
  void areWrittenInPython38() throws IOException {
    StringBuilder sources = new StringBuilder("sources = [\n");
    for (PythonProgram.Module stub : PythonStub.all()) {
      add(sources, stub.name(), stub.text());
    }
    add(
        sources,
        "boot",
        Files.readString(Path.of("src/main/resources/dev/confiture/preflight/sandbox/boot.py")));
    PythonMigration migration =
        PythonMigration.of(
            sources + "]",
            "import ast",
            "from confiture.models.migration import Migration",
            "class First(Migration):",
            "    version = '1'",
            "    name = 'first'",
            "    def up(self):",
            "        for name, text in sources:",
            "            ast.parse(text, name, feature_version=(3, 8))",
            "        self.execute(str(len(sources)))",
            "    def down(self): pass");

    assertEquals(List.of(String.valueOf(PythonStub.all().size() + 1)), migration.complete());
  }

  private static void add(StringBuilder sources, String name, String text) {
    sources.append("(").append(literal(name)).append(", ").append(literal(text)).append("),\n");
  }

  private static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
  }
}
