package dev.confiture.preflight.recording;

import dev.confiture.preflight.migrations.FolderFiles;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A framework whose migrations are code: what its projects look like, and how it records what it
 * has applied.
 */
enum Framework {
  /** <a href="https://guides.rubyonrails.org/active_record_migrations.html">Active Record</a>. */
  RAILS(
      "Rails",
      "6.1.7",
      List.of("config/application.rb", "Rakefile"),
      "(?:.*/)?db/migrate/(?<version>[0-9]+)_(?<name>\\w+)\\.rb",
      "schema_migrations",
      List.of("version"),
      "== *(?<version>[0-9]+) .*: migrating.*",
      "disable_ddl_transaction!",
      "INSERT INTO schema_migrations (version) VALUES (%1$s)"),
  /** <a href="https://docs.djangoproject.com/en/stable/topics/migrations/">Django</a>. */
  DJANGO(
      "Django",
      "3.2.25",
      List.of("manage.py"),
      "(?:.*/)?(?<app>\\w+)/migrations/(?<version>[0-9]{4}_\\w+)\\.py",
      "django_migrations",
      List.of("app", "name"),
      " *Applying (?<app>\\w+)\\.(?<version>\\w+)\\.\\.\\..*",
      "atomic = False",
      "INSERT INTO django_migrations (app, name, applied) VALUES (%2$s, %1$s, pg_catalog.now())"),
  /** <a href="https://alembic.sqlalchemy.org/en/latest/">Alembic</a>. */
  ALEMBIC(
      "Alembic",
      "1.8.1",
      List.of("alembic.ini"),
      "(?:.*/)?versions/(?<name>[^/]+)\\.py",
      "alembic_version",
      List.of("version_num"),
      ".*Running upgrade .*-> (?<version>\\w+).*",
      "with op.get_context().autocommit_block()",
      "WITH moved AS (UPDATE alembic_version SET version_num = %1$s RETURNING 1)"
          + " INSERT INTO alembic_version (version_num) SELECT %1$s"
          + " WHERE NOT EXISTS (SELECT FROM moved)"),
  /** <a href="https://knexjs.org/guide/migrations.html">knex</a>. */
  KNEX(
      "knex",
      "3.3",
      List.of("knexfile.js", "knexfile.ts", "knexfile.mjs", "knexfile.cjs"),
      "(?:.*/)?(?<version>[0-9]+_[^/]*\\.(?:js|mjs|cjs|ts))",
      "knex_migrations",
      List.of("name"),
      ".*migration file \"(?<version>[^\"]+)\" failed.*",
      "exports.config = { transaction: false }",
      "INSERT INTO knex_migrations (name, batch, migration_time) SELECT %1$s,"
          + " coalesce(max(batch), 0) + 1, pg_catalog.now() FROM knex_migrations"),
  /** <a href="https://typeorm.io/docs/migrations/why/">TypeORM</a>. */
  TYPEORM(
      "TypeORM",
      "1.1",
      List.of("ormconfig.js", "ormconfig.json", "data-source.js", "data-source.ts"),
      "(?:.*/)?(?<stamp>[0-9]{13})-(?<name>\\w+)\\.(?:js|ts)",
      "migrations",
      List.of("name"),
      ".*Migration \"(?<version>\\w+)\" failed.*",
      "transaction = false",
      "INSERT INTO migrations (timestamp, name) VALUES"
          + " (pg_catalog.right(%1$s, 13)::bigint, %1$s)"),
  /** <a href="https://sequelize.org/docs/v6/other-topics/migrations/">Sequelize</a>. */
  SEQUELIZE(
      "Sequelize",
      "its documentation; it was not run here",
      List.of(".sequelizerc"),
      "(?:.*/)?(?<version>[0-9]{14}-[^/]*\\.(?:js|cjs|ts))",
      "SequelizeMeta",
      List.of("name"),
      "== *(?<version>\\S+): migrating.*",
      "no transaction is opened",
      "INSERT INTO \"SequelizeMeta\" (name) VALUES (%1$s)"),
  /**
   * <a href="https://learn.microsoft.com/en-us/ef/core/managing-schemas/migrations/">EF Core</a>.
   */
  EF(
      "EF Core",
      "its documentation; it was not run here",
      List.of(),
      "(?:.*/)?(?<version>[0-9]{14}_[^/.]+)\\.cs",
      "__EFMigrationsHistory",
      List.of("MigrationId"),
      ".*Applying migration '(?<version>\\w+)'.*",
      "suppressTransaction: true",
      "INSERT INTO \"__EFMigrationsHistory\" (\"MigrationId\", \"ProductVersion\") SELECT %1$s,"
          + " coalesce(max(\"ProductVersion\"), '') FROM \"__EFMigrationsHistory\""),
  /** <a href="https://hexdocs.pm/ecto_sql/Ecto.Migration.html">Ecto</a>. */
  ECTO(
      "Ecto",
      "its documentation; it was not run here",
      List.of("mix.exs"),
      "(?:.*/)?(?<version>[0-9]{14})_(?<name>\\w+)\\.exs",
      "schema_migrations",
      List.of("version"),
      ".*== Running (?<version>[0-9]+) .*",
      "@disable_ddl_transaction true",
      "INSERT INTO schema_migrations (version, inserted_at) VALUES"
          + " (%1$s::bigint, pg_catalog.now())");

  private static final Pattern REVISION =
      Pattern.compile("(?m)^revision\\s*(?::[^=]*)?=\\s*['\"](\\w+)['\"]");

  private static final Pattern CLASS = Pattern.compile("class\\s+(\\w*[0-9]{13})\\b");

  private final String title;
  private final String measured;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> project;

  private final Pattern file;
  private final String ledger;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> key;

  private final Pattern announced;
  private final String optOut;
  private final String done;

  Framework(
      String title,
      String measured,
      List<String> project,
      String file,
      String ledger,
      List<String> key,
      String announced,
      String optOut,
      String done) {
    this.title = title;
    this.measured = measured;
    this.project = project;
    this.file = Pattern.compile(file);
    this.ledger = ledger;
    this.key = key;
    this.announced = Pattern.compile(announced);
    this.optOut = optOut;
    this.done = done;
  }

  /** Returns the names by which a user chooses one. */
  static List<String> ids() {
    return Arrays.stream(values()).map(Framework::id).toList();
  }

  /** Returns the name by which a user chooses it. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns its name, as its users write it. */
  String title() {
    return title;
  }

  /** Returns the version whose behaviour was measured, or how else it is known. */
  String measured() {
    return measured;
  }

  /** Returns what in a migration makes it open no transaction. */
  String optOut() {
    return optOut;
  }

  /** Returns the name of its ledger's table. */
  String ledger() {
    return ledger;
  }

  /** Returns the columns of the ledger that name a migration, the first one's last word last. */
  List<String> key() {
    return key;
  }

  /**
   * Chooses the framework of a project.
   *
   * @param id the one that the user names; empty: the files decide
   * @throws UsageProblem if the project is of none that is known, or of several
   */
  static Framework of(FolderFiles files, Optional<String> id) {
    if (id.isPresent()) {
      return Arrays.stream(values())
          .filter(each -> each.id().equals(id.get()))
          .findFirst()
          .orElseThrow(
              () ->
                  new UsageProblem(
                      "there is no framework " + id.get(), "one of " + String.join(", ", ids())));
    }
    List<Framework> found = Arrays.stream(values()).filter(each -> each.isOf(files)).toList();
    if (found.size() != 1) {
      throw new UsageProblem(
          found.isEmpty()
              ? "nothing in " + files.folder() + " tells whose migrations the command runs"
              : "the migrations of "
                  + files.folder()
                  + " may be those of several frameworks: "
                  + found.stream().map(Framework::id).collect(Collectors.joining(", ")),
          "name the framework with --framework: " + String.join(", ", ids()));
    }
    return found.getFirst();
  }

  private boolean isOf(FolderFiles files) {
    return (project.isEmpty() || files.project(project.toArray(String[]::new)).isPresent())
        && files.below().stream().anyMatch(path -> keyOf(files, path).isPresent());
  }

  /** Returns how the ledger names the migration in a file; empty for another file. */
  Optional<String> keyOf(FolderFiles files, Path path) {
    Matcher name = file.matcher(path.toString().replace('\\', '/'));
    if (!name.matches()) {
      return Optional.empty();
    }
    return switch (this) {
      case DJANGO -> Optional.of(name.group("app") + "." + name.group("version"));
      case ALEMBIC -> inText(files, path, REVISION);
      case TYPEORM -> inText(files, path, CLASS);
      case RAILS, KNEX, SEQUELIZE, EF, ECTO -> Optional.of(name.group("version"));
    };
  }

  private static Optional<String> inText(FolderFiles files, Path path, Pattern pattern) {
    return files
        .read(path)
        .text()
        .map(text -> pattern.matcher(text.text()))
        .filter(Matcher::find)
        .map(found -> found.group(1));
  }

  /** Returns the rest of a file's name, for people; empty where the key says it all. */
  String nameOf(Path path, String version) {
    Matcher name = file.matcher(path.toString().replace('\\', '/'));
    return switch (this) {
      case RAILS, ECTO -> name.matches() ? name.group("name") : "";
      case ALEMBIC ->
          name.matches() && name.group("name").startsWith(version + "_")
              ? name.group("name").substring(version.length() + 1)
              : "";
      case DJANGO, KNEX, TYPEORM, SEQUELIZE, EF -> "";
    };
  }

  /** Returns the migration that a row of the ledger names. */
  Optional<String> keyOf(Map<String, String> row) {
    return key.stream().allMatch(row::containsKey)
        ? Optional.of(key.stream().map(row::get).collect(Collectors.joining(".")))
        : Optional.empty();
  }

  /**
   * Returns what a migration's history belongs to: a project may hold files of applications that it
   * does not use.
   */
  String application(String migration) {
    return this == DJANGO ? migration.substring(0, migration.indexOf('.')) : "";
  }

  /** Returns the migration that a line of the command's output says it runs, or has failed. */
  Optional<String> announced(String line) {
    Matcher said = announced.matcher(line);
    return said.matches()
        ? Optional.of(
            this == DJANGO
                ? said.group("app") + "." + said.group("version")
                : said.group("version"))
        : Optional.empty();
  }

  /** Returns the statement that records a migration as the framework itself would. */
  String recording(String migration) {
    int dot = this == DJANGO ? migration.indexOf('.') : -1;
    return String.format(
        Locale.ROOT,
        done,
        Identifiers.literal(migration.substring(dot + 1)),
        Identifiers.literal(migration.substring(0, Math.max(0, dot))));
  }
}
