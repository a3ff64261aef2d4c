package dev.confiture.preflight.migrations.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.Folder;
import dev.confiture.preflight.migrations.FolderFiles;
import dev.confiture.preflight.migrations.Ledger;
import dev.confiture.preflight.migrations.LedgerFormat;
import dev.confiture.preflight.migrations.LedgerSearch;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.PendingSet;
import dev.confiture.preflight.migrations.Selection;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.migrations.confiture.Confiture;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tool a folder is, and when it is none. */
final class ToolChoiceTest {

  private final Path path;

  ToolChoiceTest(@TempDir Path path) {
    this.path = path;
  }

  @Test
  void autoComesFirstOfThem() {
    List<String> ids = Tools.ids();
    assertEquals("auto", ids.getFirst());
    assertEquals(ids.stream().distinct().toList(), ids);
    assertEquals(Tools.all().stream().map(Tool::id).toList(), ids.subList(1, ids.size()));
  }

  @Test
  void anyUpFileMakesTheFolderConfiture() throws IOException {
    MigrationFolder list =
        new Folder(path)
            .with("001_a.sql", "002_b.sql", "003_c.up.sql", "004_d.up.sql")
            .list("auto");
    assertEquals("confiture", list.tool().id());
    assertEquals(List.of("003", "004"), Folder.versions(list.files()));
    assertEquals(List.of("001_a.sql", "002_b.sql"), list.ignored());
  }

  /** What is not run is named, whatever the case of its ending and however deep it lies. */
  @Test
  void whatLooksLikeAMigrationAndIsNotRunIsNamed() throws IOException {
    Files.createDirectories(path.resolve("release-2/verify"));
    Files.createDirectories(path.resolve(".old"));
    MigrationFolder list =
        new Folder(path)
            .with("001_a.sql", "002_b.sql", "003_c.SQL", "release-2/004_d.sql", "001_a.sql~")
            .with("release-2/verify/004_d.sql", ".old/005_e.sql", "release-2/readme.sql")
            .list("auto");
    assertEquals(List.of("001", "002"), Folder.versions(list.files()));
    assertEquals(List.of("003_c.SQL", "release-2/004_d.sql"), list.ignored());
  }

  /** A green run of the smaller part of a folder would be a false one. */
  @Test
  void aFolderOfWhichMostWouldNotBeRunIsRefused() throws IOException {
    Files.createDirectories(path.resolve("release-2"));
    new Folder(path).with("001_a.sql", "002_b.SQL", "release-2/003_c.sql");
    Path link = Files.createSymbolicLink(path.resolve("link"), path);
    assertThrows(
        UsageProblem.class,
        () -> Tools.read(link, "auto", Tool.Told.NOTHING, () -> LedgerSearch.NONE));
    Files.delete(link);
    assertEquals(
        List.of("001"),
        Folder.versions(
            Tools.read(path, "plain", Tool.Told.NOTHING, () -> LedgerSearch.NONE).files()));
    UsageProblem problem =
        assertThrows(
            UsageProblem.class,
            () -> Tools.read(path, "auto", Tool.Told.NOTHING, () -> LedgerSearch.NONE));
    assertEquals(
        "the migrations folder "
            + path
            + " does not look like one of plain: of its files 1 is a migration to it, and 2 that"
            + " look like migrations are not: 002_b.SQL, release-2/003_c.sql",
        problem.text());
  }

  @Test
  void withoutOneItIsPlain() throws IOException {
    assertEquals(
        "plain", new Folder(path).with("001_a.sql", "x.down.sql").list("auto").tool().id());
  }

  @Test
  void whatIsNamedIsTaken() throws IOException {
    Folder folder = new Folder(path).with("001_a.sql", "002_b.up.sql");
    assertEquals(List.of("001", "002"), folder.versions("plain"));
    assertEquals(List.of("002"), folder.versions("confiture"));
  }

  /** Numbered files are of many tools: what one of them writes into its files tells it. */
  @Test
  void aMarkerInAFileTellsTheTool() throws IOException {
    Folder folder = new Folder(path).with("001_a.sql");
    Files.writeString(path.resolve("002_b.sql"), "-- migrate:up\nSELECT 1;\n-- migrate:down\n");
    assertEquals("dbmate (-- migrate:up in 002_b.sql)", folder.list("auto").choice().title());
    Files.writeString(path.resolve("002_b.sql"), "-- +goose Up\nSELECT 1;\n");
    assertEquals("goose (-- +goose markers in 002_b.sql)", folder.list("auto").choice().title());
    Files.writeString(path.resolve("003_c.sql"), "-- migrate:up\nSELECT 1;\n-- migrate:down\n");
    UsageProblem problem = assertThrows(UsageProblem.class, () -> folder.list("auto"));
    assertTrue(
        problem.text().contains("dbmate (-- migrate:up in 003_c.sql), goose (-- +goose markers"),
        problem.text());
    assertEquals(
        Optional.of("name the one that deploys it with --tool: dbmate or goose"), problem.hint());
    assertEquals("goose", folder.list("goose").tool().id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auto",
        "confiture",
        "plain",
        "atlas",
        "dbmate",
        "diesel",
        "goose",
        "golang-migrate",
        "prisma",
        "sqlx",
        "supabase",
        "graphile-migrate",
        "hasura",
        "node-pg-migrate",
        "postgres-migrations",
        "tern",
        "mybatis",
        "yoyo"
      })
  void anEmptyFolderIsAProblem(String tool) {
    UsageProblem problem =
        assertThrows(
            UsageProblem.class,
            () -> Tools.read(path, tool, Tool.Told.NOTHING, () -> LedgerSearch.NONE));
    assertEquals("the migrations folder " + path + " holds no migration file", problem.text());
    assertTrue(problem.hint().orElse("").contains("--migrations-dir"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "confiture", "plain"})
  void soIsOneWithOtherFilesOnly(String tool) throws IOException {
    Folder folder = new Folder(path).with("v1__init.sql", "001_a.down.sql", "README.md");
    assertThrows(UsageProblem.class, () -> folder.list(tool));
  }

  @Test
  void aNamedToolIsNotExchangedForTheOther() throws IOException {
    Folder folder = new Folder(path).with("001_a.sql");
    assertThrows(UsageProblem.class, () -> folder.list("confiture"));
  }

  @Test
  void aMissingFolderIsAProblem() {
    Path missing = path.resolve("nowhere");
    assertEquals(
        "the migrations folder " + missing + " does not exist",
        assertThrows(
                UsageProblem.class,
                () -> Tools.read(missing, "auto", Tool.Told.NOTHING, () -> LedgerSearch.NONE))
            .text());
  }

  @Test
  void soIsAFileInItsPlace() throws IOException {
    Path file = Files.createFile(path.resolve("001_a.sql"));
    assertThrows(
        UsageProblem.class,
        () -> Tools.read(file, "auto", Tool.Told.NOTHING, () -> LedgerSearch.NONE));
  }

  @Test
  void anUnknownToolIsAProblem() throws IOException {
    Folder folder = new Folder(path).with("001_a.sql");
    UsageProblem problem = assertThrows(UsageProblem.class, () -> folder.list("make"));
    assertEquals("there is no tool make", problem.text());
    assertEquals("one of " + String.join(", ", Tools.ids()), problem.hint().orElse(""));
  }

  @Test
  void aFileThatImportsConfitureIsEvidenceBesidePlainFiles() throws IOException {
    MigrationFolder list =
        new Folder(path)
            .with("0002_b.sql")
            .holding("0001_a.py", "import os\nfrom confiture.models.migration import Migration\n")
            .list("auto");
    assertEquals("confiture", list.tool().id());
    assertEquals(List.of("0001"), Folder.versions(list.files()));
    assertEquals(List.of("0002_b.sql"), list.ignored());
  }

  @Test
  void soIsASidecar() throws IOException {
    new Folder(path).with("001_a.up.sql", "001_a.yaml");
    assertEquals(
        new Tool.Detection.Evidence("001_a.yaml beside 001_a.up.sql"),
        new Confiture().detect(FolderFiles.list(path)));
  }

  @Test
  void namesAloneAreNoEvidence() throws IOException {
    new Folder(path).with("001_a.up.sql", "002_b.sql");
    FolderFiles files = FolderFiles.list(path);
    assertEquals(new Tool.Detection.Names("files named *.up.sql"), new Confiture().detect(files));
    assertEquals(new Tool.Detection.Names("numbered .sql files"), new Plain().detect(files));
    assertEquals(
        new Tool.Detection.Nothing(),
        new Plain().detect(FolderFiles.list(Files.createDirectory(path.resolve("empty")))));
  }

  @Test
  void evidenceForTwoToolsIsAProblemThatNamesBoth() throws IOException {
    new Folder(path).with("001_a.up.sql", "001_a.yaml");
    FolderFiles files = FolderFiles.list(path);
    UsageProblem problem =
        assertThrows(
            UsageProblem.class,
            () ->
                Tools.choose(
                    List.of(new Confiture(), new Marked("other", "other.toml"), new Plain()),
                    files,
                    "auto",
                    () -> LedgerSearch.NONE));
    assertEquals(
        "the migrations folder "
            + path
            + " may be that of several tools: confiture (001_a.yaml beside 001_a.up.sql), other"
            + " (other.toml)",
        problem.text());
    assertEquals(
        "name the one that deploys it with --tool: confiture or other", problem.hint().orElse(""));
  }

  /** A table of the name alone is not enough: several tools have one called so. */
  @Test
  void whereNamesAreThoseOfTwoToolsTheLedgerTells() throws IOException {
    new Folder(path).with("001_a.up.sql", "001_a.down.sql");
    assertEquals(
        "golang-migrate (files named <number>_<name>.up.sql, and the table"
            + " public.schema_migrations)",
        title("CREATE TABLE public.schema_migrations (version bigint NOT NULL, dirty boolean);"));
    assertEquals(
        "confiture (files named *.up.sql)",
        title("CREATE TABLE public.schema_migrations (version varchar PRIMARY KEY);"));
    assertEquals(
        "confiture (files named *.up.sql, and the table ops.tb_confiture)",
        title("CREATE TABLE ops.tb_confiture (id int, slug text, version text);"));
    assertEquals(
        List.of("confiture", "golang-migrate"),
        List.of(
            assertThrows(
                    UsageProblem.class,
                    () ->
                        title(
                            "CREATE TABLE tb_confiture (version text);"
                                + "CREATE TABLE schema_migrations (version int, dirty bool)"))
                .hint()
                .orElse("")
                .replace("name the one that deploys it with --tool: ", "")
                .split(" or ", -1)));
  }

  private String title(String schema) {
    return Tools.read(
            path,
            "auto",
            Tool.Told.NOTHING,
            () -> LedgerSearch.in(Script.of(SourceText.of(schema))))
        .choice()
        .title();
  }

  /** Numbered files are sqlx's too: without a sign of it they stay those of a loop over psql. */
  @Test
  void numberedFilesAreOfSqlxWhereSomethingSaysSo() throws IOException {
    Folder folder = new Folder(path).with("001_a.sql", "002_b.sql");
    assertEquals("plain (numbered .sql files)", folder.list("auto").choice().title());
    assertEquals(
        "sqlx (files named <number>_<name>.sql, and the table public._sqlx_migrations)",
        title("CREATE TABLE public._sqlx_migrations (version bigint, success boolean);"));
    Files.writeString(path.resolve("Cargo.toml"), "[dependencies]\nsqlx-macros = \"1\"\n");
    assertEquals("plain", folder.list("auto").tool().id());
    Files.writeString(path.resolve("Cargo.toml"), "[dependencies]\nsqlx = \"0.8\"\n");
    assertEquals(
        "sqlx (numbered .sql files, and sqlx in Cargo.toml)", folder.list("auto").choice().title());
    Files.writeString(path.resolve("001_a.sql"), "-- migrate:up\n-- migrate:down\n");
    assertEquals("dbmate", folder.list("auto").tool().id());
  }

  /** Other tools have folders of such files, too. */
  @Test
  void foldersOfMigrationsAreToldByWhatLiesBesideThem() throws IOException {
    Files.createDirectories(path.resolve("20240101_a"));
    Folder folder = new Folder(path).with("20240101_a/migration.sql");
    assertEquals(
        new Tool.Detection.Names("folders with a migration.sql"),
        new Prisma().detect(FolderFiles.list(path)));
    folder.with("migration_lock.toml");
    assertEquals("prisma (migration_lock.toml)", folder.list("auto").choice().title());
    Path other = Files.createDirectories(path.resolve("other"));
    Files.createDirectories(other.resolve("1_a"));
    Folder up = new Folder(other).with("1_a/up.sql");
    assertEquals("diesel (folders with an up.sql)", up.list("auto").choice().title());
    Files.createFile(other.resolve("diesel.toml"));
    assertEquals(
        "diesel (folders with an up.sql, and diesel.toml)", up.list("auto").choice().title());
  }

  @Test
  void thePlaceTellsSupabase() throws IOException {
    Path place = Files.createDirectories(path.resolve("supabase/migrations"));
    assertEquals(
        "supabase (supabase/migrations)",
        new Folder(place).with("20240101000000_a.sql").list("auto").choice().title());
  }

  @Test
  void evidenceIsStrongerThanNames() throws IOException {
    new Folder(path).with("001_a.up.sql", "002_b.sql");
    Tool other = new Marked("other", "other.toml");
    assertEquals(
        new Tools.Chosen(other, "other.toml"),
        Tools.choose(
            List.of(new Confiture(), new Plain(), other),
            FolderFiles.list(path),
            "auto",
            () -> LedgerSearch.NONE));
  }

  /** A tool with a file of its own in every folder, which else does as plain does. */
  private record Marked(String id, String file) implements Tool {

    private static final Plain PLAIN = new Plain();

    @Override
    public Description description() {
      return PLAIN.description();
    }

    @Override
    public Detection detect(FolderFiles files) {
      return new Detection.Evidence(file);
    }

    @Override
    public MigrationFolder read(FolderFiles files, String evidence, Told told) {
      return PLAIN.read(files, evidence, told);
    }

    @Override
    public Optional<LedgerFormat> ledger() {
      return PLAIN.ledger();
    }

    @Override
    public PendingSet plan(MigrationFolder folder, Selection.Known selection) {
      return PLAIN.plan(folder, selection);
    }

    @Override
    public Execution execution() {
      return PLAIN.execution();
    }

    @Override
    public Execution execution(Migration migration, Optional<Ledger> ledger) {
      return PLAIN.execution(migration, ledger);
    }
  }
}
