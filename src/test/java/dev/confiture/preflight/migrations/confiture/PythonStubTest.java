package dev.confiture.preflight.migrations.confiture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.migrations.confiture.PythonRecorder.PythonStub;
import dev.confiture.preflight.process.PythonProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Python modules that take the place of confiture's. */
final class PythonStubTest {

  private static final Path RESOURCES =
      Path.of("src/main/resources/dev/confiture/preflight/migrations/confiture/python");

  @Test
  void allOfThemAreHandedOver() throws IOException {
    try (Stream<Path> files = Files.walk(RESOURCES)) {
      assertEquals(
          files
              .filter(Files::isRegularFile)
              .map(file -> RESOURCES.relativize(file).toString())
              .sorted()
              .toList(),
          PythonStub.files().sorted().toList());
    }
  }

  @Test
  void packagesHaveTheNamesOfTheirFolders() {
    List<PythonProgram.Module> all = PythonStub.all();

    assertTrue(
        all.stream().anyMatch(s -> s.name().equals("confiture.core.hooks") && s.isPackage()));
    assertTrue(all.stream().anyMatch(s -> s.name().equals("psycopg.sql") && !s.isPackage()));
  }
}
