package dev.confiture.preflight.migrations.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.migrations.LedgerSearch;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CodeToolTest {

  @TempDir Path root;

  @ParameterizedTest
  @CsvSource({
    "db/migrate, 20240101000001_add_users.rb, '', Rails",
    "migrations, 0001_initial.py, manage.py, Django",
    "alembic/versions, ae1027a6acf_add.py, alembic.ini, Alembic",
    "priv/repo/migrations, 20240101000001_add.exs, '', Ecto",
    "database/migrations, 2024_01_01_000001_add.php, '', Laravel",
    "migrations, 20240101000001-add.js, .sequelizerc, Sequelize",
    "migrations, 20240101000001_add.js, knexfile.js, knex",
    "migrations, 20240101000001_add.ts, knexfile.ts, knex",
    "migrations, 20240101000001_add.up.fizz, '', pop",
    "migrations, 1700000000001-Add.ts, '', TypeORM",
    "migrations, 20240101000001_Add.cs, '', EF Core"
  })
  void isNamedByItsFiles(String folder, String file, String project, String name)
      throws IOException {
    Files.createDirectories(root.resolve(folder));
    Files.writeString(root.resolve(folder).resolve(file), "up");
    if (!project.isEmpty()) {
      Files.writeString(root.resolve(project), "");
    }
    Files.createDirectories(root.resolve(".git"));
    Path found = Locations.find(root, "auto");
    assertEquals(root.resolve(folder), found);
    UsageProblem problem =
        assertThrows(
            UsageProblem.class,
            () -> Tools.read(found, "auto", Tool.Told.NOTHING, () -> LedgerSearch.NONE));
    assertEquals(
        "the migrations in "
            + found
            + " are code, of "
            + name
            + ", which its own command runs: "
            + file,
        problem.text());
    assertTrue(problem.hint().orElseThrow().contains(".sql file"));
  }
}
