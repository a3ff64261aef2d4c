package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.migrations.FolderFiles;
import dev.confiture.preflight.migrations.LedgerOfCode;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.problem.Words;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A tool whose migrations are code: only it can run them. It is known by its files and its ledger,
 * so that nobody is left to guess why nothing of them is rehearsed.
 *
 * @param name as its users call it
 * @param files the names of its migrations
 * @param project files of which its projects have one; empty where the names alone tell
 * @param table its ledger
 * @param column a column that no other tool's ledger of this name has
 * @param export how it writes the SQL that it would send
 */
record CodeTool(
    String name, Pattern files, List<String> project, String table, String column, String export) {

  private static final int MOST_NAMED = 3;

  /** Those whose command is not run here either. */
  private static final Set<String> WITHOUT_EXEC = Set.of("Laravel", "pop");

  private static final String OWN_COPY =
      "it writes no SQL of its own: run it on a copy with log_statement = ddl, and rehearse what the"
          + " server's log has as numbered .sql files";

  private static final List<CodeTool> ALL =
      List.of(
          of("Rails", "[0-9]+_.*\\.rb", "", "ar_internal_metadata", "key", OWN_COPY),
          of(
              "Django",
              "[0-9]{4}_.*\\.py",
              "manage.py",
              "django_migrations",
              "app",
              "python manage.py sqlmigrate APP NAME prints the SQL of one migration: write it to a"
                  + " numbered .sql file, and rehearse that folder"),
          of(
              "Alembic",
              ".*\\.py",
              "alembic.ini",
              "alembic_version",
              "version_num",
              "alembic upgrade FROM:head --sql prints their SQL: write it to a numbered .sql file,"
                  + " and rehearse that folder"),
          of(
              "Ecto",
              "[0-9]{14}_.*\\.exs",
              "",
              "schema_migrations",
              "inserted_at",
              "mix ecto.migrate --log-migrations-sql on a copy prints their SQL: write it to numbered"
                  + " .sql files, and rehearse that folder"),
          of(
              "Laravel",
              "[0-9]{4}_[0-9]{2}_[0-9]{2}_[0-9]{6}_.*\\.php",
              "",
              "migrations",
              "batch",
              "php artisan migrate --pretend prints their SQL: write it to numbered .sql files, and"
                  + " rehearse that folder"),
          of(
              "EF Core",
              "[0-9]{14}_.*\\.cs",
              "",
              "__EFMigrationsHistory",
              "MigrationId",
              "dotnet ef migrations script --idempotent prints their SQL: write it to a numbered .sql"
                  + " file, and rehearse that folder"),
          of(
              "Sequelize",
              "[0-9]{14}-.*\\.(js|cjs|ts)",
              ".sequelizerc",
              "SequelizeMeta",
              "name",
              OWN_COPY),
          of(
              "knex",
              "[0-9]+_.*\\.(js|mjs|cjs|ts)",
              "knexfile.js knexfile.ts knexfile.mjs knexfile.cjs",
              "knex_migrations",
              "batch",
              OWN_COPY),
          of("pop", "[0-9]{14}_.*\\.fizz", "", "schema_migration", "version", OWN_COPY),
          of("TypeORM", "[0-9]{13}-.*\\.(js|ts)", "", "migrations", "timestamp", OWN_COPY));

  private static CodeTool of(
      String name, String files, String project, String table, String column, String export) {
    return new CodeTool(
        name,
        Pattern.compile(files),
        project.isEmpty() ? List.of() : List.of(project.split(" ")),
        table,
        column,
        export);
  }

  /** Returns what is to be said of a folder whose migrations are code; empty for another. */
  static Optional<UsageProblem> problem(FolderFiles files) {
    for (CodeTool tool : ALL) {
      List<String> found =
          files.paths().stream()
              .map(FolderFiles::name)
              .filter(name -> tool.files().matcher(name).matches())
              .filter(name -> !name.equals("__init__.py"))
              .toList();
      if (!found.isEmpty() && tool.isOf(files)) {
        return Optional.of(
            new UsageProblem(
                "the migrations in "
                    + files.folder()
                    + " are code, of "
                    + tool.name()
                    + ", which its own command runs: "
                    + Words.few(found, MOST_NAMED),
                WITHOUT_EXEC.contains(tool.name())
                    ? tool.export()
                    : "preflight exec runs that (docs/code-migrations.md); or: " + tool.export()));
      }
    }
    return Optional.empty();
  }

  private boolean isOf(FolderFiles files) {
    return project.isEmpty() || files.project(project.toArray(String[]::new)).isPresent();
  }

  /** Returns true if a folder holds migrations that are code. */
  static boolean isThere(Path folder) {
    return problem(FolderFiles.list(folder)).isPresent();
  }

  /** Returns their ledgers. */
  static List<LedgerOfCode> ledgers() {
    return ALL.stream()
        .map(tool -> new LedgerOfCode(tool.name(), tool.table(), tool.column()))
        .toList();
  }
}
