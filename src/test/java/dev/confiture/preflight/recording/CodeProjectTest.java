package dev.confiture.preflight.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.migrations.LedgerFormat;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CodeProjectTest {

  @TempDir private Path project;

  private void file(String name, String text) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }

  private List<String> versions(Optional<String> framework) throws IOException {
    Files.createDirectories(project.resolve(".git"));
    MigrationFolder read = CodeProject.read(project, framework);
    return read.migrations().stream().map(Migration::version).toList();
  }

  @Test
  void ordersRevisionsByWhatTheyFollow() throws IOException {
    file("alembic.ini", "");
    file("db/versions/a_last.py", "revision = 'ccc'\ndown_revision = 'bbb'\n");
    file("db/versions/b_first.py", "revision: str = \"aaa\"\ndown_revision = None\n");
    file("db/versions/c_middle.py", "revision = 'bbb'\ndown_revision: str = 'aaa'\n");
    assertEquals(List.of("aaa", "bbb", "ccc"), versions(Optional.empty()));
  }

  @Test
  void putsAMergeBehindAllThatItMerges() throws IOException {
    file("alembic.ini", "");
    file("versions/1.py", "revision = 'merge'\ndown_revision = ('left',\n  'right')\n");
    file("versions/2.py", "revision = 'left'\ndown_revision = 'base'\n");
    file("versions/3.py", "revision = 'right'\ndown_revision = 'base'\n");
    file("versions/4.py", "revision = 'base'\ndown_revision = None\n");
    List<String> versions = versions(Optional.empty());
    assertEquals("base", versions.getFirst());
    assertEquals("merge", versions.getLast());
    MigrationFolder read = CodeProject.read(project, Optional.empty());
    LedgerFormat.Applied applied =
        read.tool()
            .ledger()
            .orElseThrow()
            .rows()
            .applied(
                QualifiedName.of("alembic_version"),
                List.of(new LedgerFormat.Row("merge", Map.of())));
    assertEquals(Set.of("base", "left", "right", "merge"), applied.versions());
  }

  @Test
  void takesNoMigrationOfALibrary() throws IOException {
    file("manage.py", "");
    file("shop/migrations/0001_initial.py", "");
    file("shop/migrations/__init__.py", "");
    file("env/lib/python3/site-packages/django/contrib/auth/migrations/0001_initial.py", "");
    file("node_modules/x/migrations/0001_initial.py", "");
    assertEquals(List.of("shop.0001_initial"), versions(Optional.empty()));
  }

  @Test
  void namesTheClassOfATypeOrmMigration() throws IOException {
    file("data-source.ts", "");
    file(
        "src/migrations/1709280000000-AddNote.ts",
        "export class AddNote1709280000000 implements MigrationInterface {}\n");
    assertEquals(List.of("AddNote1709280000000"), versions(Optional.empty()));
  }

  @Test
  void asksWhereSeveralFrameworksMayBeMeant() throws IOException {
    file("Rakefile", "");
    file("db/migrate/20240101000000_a.rb", "");
    file("knexfile.js", "");
    file("migrations/20240101000000_a.js", "");
    UsageProblem problem = assertThrows(UsageProblem.class, () -> versions(Optional.empty()));
    assertTrue(problem.text().contains("rails, knex"), problem::text);
    assertEquals(List.of("20240101000000"), versions(Optional.of("rails")));
  }

  @Test
  void refusesAProjectOfNoneThatIsKnown() {
    UsageProblem problem = assertThrows(UsageProblem.class, () -> versions(Optional.empty()));
    assertTrue(problem.text().contains("tells whose migrations"), problem::text);
    assertThrows(UsageProblem.class, () -> versions(Optional.of("rails")));
  }
}
