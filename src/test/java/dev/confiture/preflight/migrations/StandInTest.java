package dev.confiture.preflight.migrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Python modules that take the place of confiture's. */
final class StandInTest {

  private static final Path RESOURCES =
      Path.of("src/main/resources/dev/confiture/preflight/migrations/python");

  @Test
  void allOfThemAreHandedOver() throws IOException {
    try (Stream<Path> files = Files.walk(RESOURCES)) {
      assertEquals(
          files
              .filter(Files::isRegularFile)
              .map(file -> RESOURCES.relativize(file).toString())
              .sorted()
              .toList(),
          StandIn.files().sorted().toList());
    }
  }

  @Test
  void packagesHaveTheNamesOfTheirFolders() {
    List<StandIn> all = StandIn.all();

    assertTrue(
        all.stream().anyMatch(s -> s.name().equals("confiture.core.hooks") && s.isPackage()));
    assertTrue(all.stream().anyMatch(s -> s.name().equals("psycopg.sql") && !s.isPackage()));
  }
}
