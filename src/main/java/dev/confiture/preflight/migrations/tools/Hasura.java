package dev.confiture.preflight.migrations.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.FolderFiles;
import dev.confiture.preflight.migrations.Ledger;
import dev.confiture.preflight.migrations.LedgerFormat;
import dev.confiture.preflight.migrations.LedgerFormat.Applied;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.NumericVersions;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * <a href="https://hasura.io/docs/latest/migrations-metadata-seeds/manage-migrations/">Hasura's
 * CLI</a>: a folder {@code <number>_<name>} a migration with its {@code up.sql}, each one {@code
 * run_sql} of the server, which is one simple query in a transaction.
 */
final class Hasura implements Tool {

  private static final String UP = "up.sql";
  private static final String DOWN = "down.sql";
  private static final String CONFIGURATION = "config.yaml";
  private static final String METADATA = "metadata/version.yaml";
  private static final String MARKER = "-- hasura:no-transaction";
  private static final String SCHEMA = "hdb_catalog";
  private static final String USUAL = "default";
  private static final BigInteger PER_DATABASE = BigInteger.valueOf(3);

  private static final Pattern FOLDER = Pattern.compile("([0-9]+)_(.*)");
  private static final Pattern FLAT = Pattern.compile("([0-9]+)_(.*)\\.up\\.sql");
  private static final Pattern OF_HASURA =
      Pattern.compile("(?m)^(?:metadata_directory|endpoint|admin_secret)\\s*:");
  private static final Pattern VERSION = Pattern.compile("(?m)^version\\s*:\\s*([0-9]+)");

  private static final Execution EXECUTION =
      new Execution(
          new Execution.Send.WholeText(),
          Execution.Scope.FILE,
          new Execution.OutsideTransaction.Never(
              Optional.of(
                  "begin the file with "
                      + MARKER
                      + " where your CLI reads that, or run it by hand and mark it with hasura"
                      + " migrate apply --skip-execution")),
          Execution.Carry.NEW_SESSION,
          Execution.LedgerWrites.NONE,
          Execution.EndOfFile.TOOL_COMMITS,
          Execution.OwnEnd.IGNORED);

  /** The database that the folder is named for; empty where a table holds the versions. */
  private final Optional<String> database;

  Hasura() {
    this(Optional.of(USUAL));
  }

  private Hasura(Optional<String> database) {
    this.database = database;
  }

  @Override
  public String id() {
    return "hasura";
  }

  @Override
  public Description description() {
    return new Description(
        "not measured: as documented",
        "<number>_<name>/up.sql below migrations/<database>, or below migrations where config.yaml"
            + " has a version before 3; <number>_<name>.up.sql too",
        "by number",
        MARKER + " as the first line, which the newest CLI reads: the file is still one message",
        "older ones are run, missing and changed ones ignored, two of one number refused",
        "versions that lie in another database's metadata: name them with --applied-from; all files"
            + " in one transaction, as a CLI before version 2 has them; steps in YAML; metadata, and"
            + " what a change of the schema does to it");
  }

  @Override
  public Detection detect(FolderFiles files) {
    if (discover(files).isEmpty()) {
      return new Detection.Nothing();
    }
    return files
        .project(METADATA)
        .map(_ -> METADATA)
        .or(() -> configuration(files).map(_ -> CONFIGURATION))
        .<Detection>map(
            file -> new Detection.Evidence("numbered folders with an " + UP + ", and " + file))
        .orElseGet(Detection.Nothing::new);
  }

  /** Returns the text of Hasura's configuration: others have files of that name. */
  private static Optional<String> configuration(FolderFiles files) {
    return files
        .project(CONFIGURATION)
        .flatMap(path -> files.read(path).text())
        .map(SourceText::text)
        .filter(text -> OF_HASURA.matcher(text).find());
  }

  private static List<MigrationFile> discover(FolderFiles files) {
    List<MigrationFile> found = new ArrayList<>();
    for (Path path : files.paths()) {
      String name = FolderFiles.name(path);
      Matcher folder = FOLDER.matcher(name);
      Matcher flat = FLAT.matcher(name);
      if (folder.matches() && Files.isDirectory(path)) {
        Path up = path.resolve(UP);
        if (Files.exists(up) && !isEmpty(up, files)) {
          found.add(MigrationFile.inFolder(folder.group(1), folder.group(2), up));
        }
      } else if (flat.matches() && !isEmpty(path, files)) {
        found.add(new MigrationFile(flat.group(1), flat.group(2), path));
      }
    }
    found.sort(MigrationFolder.order(NumericVersions.ORDER));
    return found;
  }

  /** An empty file is no migration to it. */
  private static boolean isEmpty(Path path, FolderFiles files) {
    return files.read(path).bytes().filter(bytes -> bytes.length == 0).isPresent();
  }

  @Override
  public MigrationFolder read(FolderFiles files, String evidence, Told told) {
    List<MigrationFile> found = discover(files);
    List<Refusal> refusals =
        MigrationFolder.doubled(found, NumericVersions.ORDER).stream()
            .map(
                file ->
                    Refusal.ofFile(
                        "hasura runs none of the folder's migrations: found duplicate migrations"
                            + " for version "
                            + file.version(),
                        "give " + file.fileName() + " a number of its own"))
            .limit(1)
            .toList();
    boolean old =
        configuration(files)
            .map(VERSION::matcher)
            .filter(Matcher::find)
            .filter(version -> new BigInteger(version.group(1)).compareTo(PER_DATABASE) < 0)
            .isPresent();
    return new MigrationFolder(
        new Hasura(
            old
                ? Optional.empty()
                : Optional.of(FolderFiles.name(files.folder().toAbsolutePath().normalize()))),
        evidence,
        found.stream().map(file -> read(file, files.read(file.path())).refusing(refusals)).toList(),
        NumericVersions.ORDER,
        false,
        MigrationFolder.ignored(files, found, DOWN));
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
        List.of(),
        List.of(),
        List.of());
  }

  @Override
  public Optional<LedgerFormat> ledger() {
    return Optional.of(
        database.isPresent()
            ? new LedgerFormat(
                QualifiedName.of(SCHEMA, "hdb_version"),
                "cli_state",
                List.of(),
                List.of(SCHEMA),
                this::applied)
            : new LedgerFormat(
                    QualifiedName.of(SCHEMA, "schema_migrations"),
                    "version",
                    List.of("dirty"),
                    List.of(SCHEMA),
                    Hasura::versions)
                .madeBy(
                    "CREATE SCHEMA IF NOT EXISTS hdb_catalog; CREATE TABLE IF NOT EXISTS"
                        + " hdb_catalog.schema_migrations (version bigint NOT NULL PRIMARY KEY,"
                        + " dirty boolean NOT NULL)"));
  }

  private static Applied versions(QualifiedName table, List<LedgerFormat.Row> rows) {
    Set<String> versions = new LinkedHashSet<>();
    rows.forEach(row -> versions.add(row.version()));
    return new Applied(table, versions, Map.of());
  }

  /** Reads the one row, whose JSON has the versions of each database. */
  private Applied applied(QualifiedName table, List<LedgerFormat.Row> rows) {
    Set<String> versions = new LinkedHashSet<>();
    for (LedgerFormat.Row row : rows) {
      try {
        new ObjectMapper()
            .readTree(row.version())
            .path("migrations")
            .path(database.orElse(USUAL))
            .fieldNames()
            .forEachRemaining(versions::add);
      } catch (JsonProcessingException other) {
        // It is no state of the CLI's.
      }
    }
    return new Applied(table, versions, Map.of());
  }

  @Override
  public Execution execution() {
    return EXECUTION;
  }

  @Override
  public Execution execution(Migration migration, Optional<Ledger> ledger) {
    // What its metadata holds is written by the server, in its own database.
    Optional<String> record =
        ledger
            .filter(_ -> database.isEmpty())
            .map(
                table ->
                    "INSERT INTO "
                        + Identifiers.quote(table.table())
                        + " (version, dirty) VALUES ("
                        + new BigInteger(migration.version())
                        + ", false)");
    Execution recorded =
        EXECUTION.recordedBy(
            new Execution.LedgerWrites(Optional.empty(), Optional.empty(), record));
    return isTransactional(migration)
        ? recorded
        : recorded.with(
            Execution.Scope.NONE,
            new Execution.OutsideTransaction.Never(
                Optional.of(
                    "put it into a migration of its own: hasura sends all statements of a file"
                        + " together")),
            Execution.EndOfFile.TRANSACTION_LOST);
  }

  private static boolean isTransactional(Migration migration) {
    return migration.text().source().filter(text -> text.line(1).strip().equals(MARKER)).isEmpty();
  }
}
