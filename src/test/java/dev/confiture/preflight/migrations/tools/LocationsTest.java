package dev.confiture.preflight.migrations.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.confiture.preflight.problem.Problem.UsageProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocationsTest {

  @TempDir Path root;

  private void file(String path) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, "SELECT 1;");
  }

  @Test
  void theOneFolderThatHoldsMigrationsIsFound() throws IOException {
    file("src/main/resources/db/migration/1_a.sql");
    file("migrations/README.md");
    assertEquals(root.resolve("src/main/resources/db/migration"), Locations.find(root, "auto"));
  }

  @Test
  void severalAreListed() throws IOException {
    file("db/migrations/1_a.sql");
    file("migrations/1_a.up.sql");
    UsageProblem problem = assertThrows(UsageProblem.class, () -> Locations.find(root, "auto"));
    assertEquals(
        "several folders hold migrations: "
            + root.resolve("db/migrations")
            + ", "
            + root.resolve("migrations"),
        problem.text());
  }

  @Test
  void theNamedToolSettlesWhichOfThemIsMeant() throws IOException {
    file("db/migrations/1_a.sql");
    file("migrations/1_a.up.sql");
    assertEquals(root.resolve("migrations"), Locations.find(root, "golang-migrate"));
  }

  @Test
  void whereNoneIsThereTheFirstIsMeant() {
    assertEquals(root.resolve("db/migrations"), Locations.find(root, "auto"));
  }

  @Test
  void theRootIsOneWhereAPlanSaysSo() throws IOException {
    file("1_notes.sql");
    assertEquals(root.resolve("db/migrations"), Locations.find(root, "auto"));
    Files.writeString(root.resolve("sqitch.plan"), "%syntax-version=1.0.0\n%project=shop\n");
    assertEquals(root, Locations.find(root, "auto"));
  }
}
