package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.FolderFiles;
import dev.confiture.preflight.migrations.Ledger;
import dev.confiture.preflight.migrations.LedgerFormat;
import dev.confiture.preflight.migrations.LedgerFormat.Applied;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * <a href="https://diesel.rs/guides/getting-started">diesel</a>: a folder {@code <version>_<name>}
 * a migration with its {@code up.sql}, each one simple query in a transaction with its record,
 * unless a {@code metadata.toml} beside it says otherwise.
 *
 * <p>The text before the first underscore, without dashes, is the version, and versions are
 * compared as strings.
 */
final class Diesel implements Tool {

  /** A file of Hasura's projects, whose migrations have the same form. */
  private static final String OF_HASURA = "metadata/version.yaml";

  private static final String UP = "up.sql";
  private static final String DOWN = "down.sql";
  private static final String SETTINGS = "metadata.toml";
  private static final String INITIAL = "00000000000000_diesel_initial_setup";
  private static final Pattern TRANSACTION =
      Pattern.compile("(?m)^[ \\t]*+run_in_transaction\\s*=\\s*true\\b");

  private static final LedgerFormat LEDGER =
      new LedgerFormat(
              QualifiedName.of("__diesel_schema_migrations"),
              "version",
              List.of(),
              List.of(),
              Diesel::applied)
          .madeBy(
              "CREATE TABLE IF NOT EXISTS __diesel_schema_migrations (version VARCHAR(50) PRIMARY"
                  + " KEY NOT NULL, run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP)");

  private static final Execution EXECUTION =
      new Execution(
          new Execution.Send.WholeText(),
          Execution.Scope.FILE,
          new Execution.OutsideTransaction.Never(
              Optional.of("write run_in_transaction = false into a " + SETTINGS + " beside it")),
          Execution.Carry.SAME_SESSION,
          Execution.LedgerWrites.NONE,
          Execution.EndOfFile.TOOL_COMMITS,
          Execution.OwnEnd.TOOL_FAILS);

  private final Set<Path> withoutTransaction;

  /** Makes the tool as it is before its files are read. */
  Diesel() {
    this(Set.of());
  }

  private Diesel(Set<Path> withoutTransaction) {
    this.withoutTransaction = withoutTransaction;
  }

  @Override
  public String id() {
    return "diesel";
  }

  @Override
  public Description description() {
    return new Description(
        "2.2.7, diesel_migrations 2.2.0",
        "<version>_<name>/up.sql, with down.sql or without",
        "by version, as text",
        SETTINGS
            + " with run_in_transaction = false, or without that key: the file is still one"
            + " message",
        "older ones are run, missing and changed ones ignored; of two of one version one is never"
            + " run",
        "migrations in Rust");
  }

  @Override
  public Detection detect(FolderFiles files) {
    List<Path> folders = folders(files);
    if (folders.stream().noneMatch(folder -> Files.isRegularFile(folder.resolve(UP)))
        || files.project(OF_HASURA).isPresent()) {
      return new Detection.Nothing();
    }
    if (folders.stream().anyMatch(folder -> FolderFiles.name(folder).equals(INITIAL))) {
      return new Detection.Evidence(INITIAL);
    }
    return files
        .project("diesel.toml")
        .<Detection>map(_ -> new Detection.Evidence("folders with an " + UP + ", and diesel.toml"))
        .orElseGet(() -> new Detection.Names("folders with an " + UP));
  }

  @Override
  public MigrationFolder read(FolderFiles files, String evidence, Told told) {
    List<MigrationFile> found = new ArrayList<>();
    List<Refusal> ofFolder = new ArrayList<>();
    for (Path folder : folders(files)) {
      if (Files.exists(folder.resolve(UP))) {
        found.add(file(folder));
      } else if (!isEmpty(folder)) {
        ofFolder.add(
            Refusal.ofFile(
                "diesel runs none of the folder's migrations: Invalid migration directory: the"
                    + " directory's name should be <timestamp>_<name_of_migration>, and it should"
                    + " contain up.sql and optionally down.sql: "
                    + FolderFiles.name(folder),
                "put its " + UP + " into it, or move it out of the folder"));
      }
    }
    found.sort(MigrationFolder.order(Comparator.naturalOrder()));
    List<MigrationFile> doubled = MigrationFolder.doubled(found, Comparator.naturalOrder());
    Set<Path> without = new HashSet<>();
    for (MigrationFile file : found) {
      if (!isTransactional(file.path().resolveSibling(SETTINGS), files)) {
        without.add(file.path());
      }
    }
    return new MigrationFolder(
        new Diesel(without),
        evidence,
        found.stream()
            .map(
                file ->
                    read(file, files.read(file.path()))
                        .refusing(ofFolder)
                        .refusing(doubled.contains(file) ? lost(file) : List.of()))
            .toList(),
        Comparator.naturalOrder(),
        false,
        MigrationFolder.ignored(files, found, DOWN));
  }

  private static List<Path> folders(FolderFiles files) {
    return files.paths().stream()
        .filter(path -> !FolderFiles.name(path).startsWith(".") && Files.isDirectory(path))
        .toList();
  }

  private static boolean isEmpty(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static MigrationFile file(Path folder) {
    String title = FolderFiles.name(folder);
    int underscore = title.indexOf('_');
    return MigrationFile.inFolder(
        title.substring(0, underscore < 0 ? title.length() : underscore).replace("-", ""),
        underscore < 0 ? "" : title.substring(underscore + 1),
        folder.resolve(UP));
  }

  /** A file without the key means the same as one that says false. */
  private static boolean isTransactional(Path settings, FolderFiles files) {
    return !Files.exists(settings)
        || files
            .read(settings)
            .text()
            .map(text -> TRANSACTION.matcher(text.text()))
            .filter(Matcher::find)
            .isPresent();
  }

  private static Migration read(MigrationFile file, FolderFiles.Content content) {
    return new Migration(
        file,
        content
            .text()
            .map(Script::ofOneMessage)
            .<MigrationText>map(MigrationText.Sql::new)
            .orElse(content.unreadable()),
        Optional.empty(),
        Files.exists(file.path().resolveSibling(DOWN)),
        content.text().map(Diesel::ofNothing).orElse(List.of()),
        List.of(),
        List.of());
  }

  private static List<Refusal> ofNothing(SourceText text) {
    String hint = "give it a statement, such as SELECT 1";
    if (text.text().isEmpty()) {
      return List.of(Refusal.notRun("diesel stops: Attempted to run an empty migration", hint));
    }
    return Script.ofOneMessage(text).statements().isEmpty()
        ? List.of(
            Refusal.notRun(
                "diesel stops at a file without a statement: Received an empty query", hint))
        : List.of();
  }

  private static List<Refusal> lost(MigrationFile file) {
    return List.of(
        Refusal.notRun(
            "diesel runs one migration of version "
                + file.version()
                + " and never the others, without a word: which one is left to chance",
            "give it a version of its own"));
  }

  @Override
  public Optional<LedgerFormat> ledger() {
    return Optional.of(LEDGER);
  }

  private static Applied applied(QualifiedName table, List<LedgerFormat.Row> rows) {
    Set<String> versions = new LinkedHashSet<>();
    rows.forEach(row -> versions.add(row.version()));
    return new Applied(table, versions, Map.of());
  }

  @Override
  public Execution execution() {
    return EXECUTION;
  }

  @Override
  public Execution execution(Migration migration, Optional<Ledger> ledger) {
    Execution recorded =
        EXECUTION.recordedBy(
            ledger.map(
                l ->
                    "INSERT INTO "
                        + Identifiers.quote(l.written())
                        + " (version) VALUES ("
                        + Identifiers.literal(migration.version())
                        + ")"));
    return withoutTransaction.contains(migration.file().path())
        ? recorded.with(
            Execution.Scope.NONE,
            new Execution.OutsideTransaction.Never(
                Optional.of(
                    "put it into a migration of its own: diesel sends all statements of a file"
                        + " together")),
            Execution.EndOfFile.TRANSACTION_LOST)
        : recorded;
  }
}
