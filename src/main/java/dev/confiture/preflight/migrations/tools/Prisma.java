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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * <a href="https://www.prisma.io/docs/orm/prisma-migrate">Prisma Migrate</a>: a folder a migration
 * with its {@code migration.sql}, each one simple query without a transaction around it; its ledger
 * has a row for each, begun before the file and finished after it.
 *
 * <p>The name of the folder is the version, and names are compared as strings.
 */
final class Prisma implements Tool {

  private static final String SCRIPT = "migration.sql";
  private static final String LOCK = "migration_lock.toml";
  private static final Pattern PROVIDER =
      Pattern.compile("(?m)^[ \\t]*+provider\\s*=\\s*\"([^\"]*)\"");
  private static final String FINISHED = "finished_at";
  private static final String ROLLED_BACK = "rolled_back_at";
  private static final String CHECKSUM = "checksum";

  private static final LedgerFormat LEDGER =
      new LedgerFormat(
              QualifiedName.of("_prisma_migrations"),
              "migration_name",
              List.of(FINISHED, ROLLED_BACK, CHECKSUM),
              List.of(),
              Prisma::applied)
          .madeBy(
              "CREATE TABLE IF NOT EXISTS _prisma_migrations (id VARCHAR(36) PRIMARY KEY NOT NULL,"
                  + " checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ, migration_name"
                  + " VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ, started_at"
                  + " TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL"
                  + " DEFAULT 0)");

  private static final Execution EXECUTION =
      new Execution(
          new Execution.Send.WholeText(),
          Execution.Scope.NONE,
          new Execution.OutsideTransaction.Never(
              Optional.of(
                  "put it into a migration of its own: prisma sends all statements of a file"
                      + " together")),
          Execution.Carry.SAME_SESSION,
          Execution.LedgerWrites.NONE,
          Execution.EndOfFile.TRANSACTION_LOST,
          Execution.OwnEnd.IGNORED);

  @Override
  public String id() {
    return "prisma";
  }

  @Override
  public Optional<String> refusalWithoutLedger() {
    return Optional.of(
        "P3005: The database schema is not empty. Mark what it has as applied, with prisma migrate"
            + " resolve --applied");
  }

  @Override
  public Description description() {
    return new Description(
        "schema engine 8.1.0-2, with the one query a file of the native engine of Prisma 7.9.1",
        "<name>/migration.sql, beside migration_lock.toml",
        "by the folder's name, as text",
        "none: it opens no transaction",
        "older ones are run, missing and changed ones ignored; a row that was begun and not"
            + " finished is refused (P3009)",
        "driver adapters (@prisma/adapter-pg cuts a file at every semicolon); a non-empty schema"
            + " without the table _prisma_migrations (P3005) is told as one whose history is not"
            + " known");
  }

  @Override
  public Detection detect(FolderFiles files) {
    if (files.paths().stream().anyMatch(path -> FolderFiles.name(path).equals(LOCK))) {
      return new Detection.Evidence(LOCK);
    }
    return folders(files).stream()
        .map(folder -> folder.resolve(SCRIPT))
        .filter(Files::isRegularFile)
        .findFirst()
        .<Detection>map(path -> new Detection.Names("folders with a " + SCRIPT))
        .orElseGet(Detection.Nothing::new);
  }

  @Override
  public MigrationFolder read(FolderFiles files, String evidence, Told told) {
    List<Refusal> ofFolder = refusals(files);
    return new MigrationFolder(
        this,
        evidence,
        folders(files).stream()
            .map(folder -> read(folder.resolve(SCRIPT), files).refusing(ofFolder))
            .toList(),
        Comparator.naturalOrder(),
        false,
        MigrationFolder.ignored(
            files,
            folders(files).stream().map(folder -> file(folder.resolve(SCRIPT))).toList(),
            "down.sql"));
  }

  /** Returns the folders, none of which is a link; the engine passes over no other. */
  private static List<Path> folders(FolderFiles files) {
    return files.paths().stream()
        .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
        .sorted(Comparator.comparing(FolderFiles::name))
        .toList();
  }

  private static MigrationFile file(Path script) {
    return MigrationFile.inFolder(
        FolderFiles.name(Optional.ofNullable(script.getParent()).orElse(script)), "", script);
  }

  private static Migration read(Path script, FolderFiles files) {
    MigrationFile file = file(script);
    if (!Files.exists(script)) {
      return new Migration(file, new MigrationText.Sql(Script.ofOneMessage(SourceText.of(""))))
          .refusing(
              List.of(
                  Refusal.notRun(
                      "prisma stops at it (P3015): Could not find the migration file at "
                          + SCRIPT
                          + ". Please delete the directory or restore the migration file.",
                      "delete the folder, or put the file back")));
    }
    FolderFiles.Content content = files.read(script);
    return new Migration(
        file,
        content
            .text()
            .map(Script::ofOneMessage)
            .<MigrationText>map(MigrationText.Sql::new)
            .orElse(content.unreadable()),
        content.sha256(),
        true,
        List.of(),
        List.of(),
        List.of());
  }

  /** Returns why the engine runs nothing of the folder, where it is of another server's kind. */
  private static List<Refusal> refusals(FolderFiles files) {
    return files.paths().stream()
        .filter(path -> FolderFiles.name(path).equals(LOCK))
        .flatMap(path -> files.read(path).text().stream())
        .map(text -> PROVIDER.matcher(text.text()))
        .filter(Matcher::find)
        .map(provider -> provider.group(1))
        .filter(provider -> !provider.equals("postgresql"))
        .map(
            provider ->
                Refusal.notRun(
                    "prisma runs nothing (P3019): The datasource provider `postgresql` specified in"
                        + " your schema does not match the one specified in the "
                        + LOCK
                        + ", `"
                        + provider
                        + "`.",
                    "start a new history with prisma migrate dev, or mend " + LOCK))
        .toList();
  }

  @Override
  public Optional<LedgerFormat> ledger() {
    return Optional.of(LEDGER);
  }

  /** Reads its rows: one that was begun, and neither finished nor resolved, stops everything. */
  private static Applied applied(QualifiedName table, List<LedgerFormat.Row> rows) {
    Set<String> versions = new LinkedHashSet<>();
    Map<String, String> checksums = new HashMap<>();
    Optional<String> failed = Optional.empty();
    for (LedgerFormat.Row row : rows) {
      if (row.details().containsKey(ROLLED_BACK)) {
        continue;
      }
      if (row.details().containsKey(FINISHED)) {
        versions.add(row.version());
        Optional.ofNullable(row.details().get(CHECKSUM))
            .ifPresent(checksum -> checksums.put(row.version(), checksum));
      } else {
        failed = failed.or(() -> Optional.of(row.version()));
      }
    }
    return new Applied(
        table,
        versions,
        checksums,
        Optional.empty(),
        failed.map(
            name ->
                Refusal.notRun(
                    "prisma runs nothing (P3009): migrate found failed migrations in the target"
                        + " database, new migrations will not be applied: the `"
                        + name
                        + "` migration failed",
                    "mend what it left, then prisma migrate resolve --rolled-back "
                        + name
                        + " or --applied "
                        + name)));
  }

  @Override
  public Execution execution() {
    return EXECUTION;
  }

  @Override
  public Execution execution(Migration migration, Optional<Ledger> ledger) {
    return ledger.map(l -> EXECUTION.recordedBy(writes(migration, l))).orElse(EXECUTION);
  }

  private static Execution.LedgerWrites writes(Migration migration, Ledger ledger) {
    String table = Identifiers.quote(ledger.written());
    // Its own number of the file, so that one that is sent twice is begun once.
    String id =
        Identifiers.literal(
            UUID.nameUUIDFromBytes(migration.version().getBytes(StandardCharsets.UTF_8))
                .toString());
    return new Execution.LedgerWrites(
        Optional.of(
            "INSERT INTO "
                + table
                + " (id, checksum, started_at, migration_name) VALUES ("
                + id
                + ", "
                + Identifiers.literal(migration.checksum().orElse(""))
                + ", now(), "
                + Identifiers.literal(migration.version())
                + ") ON CONFLICT DO NOTHING"),
        Optional.of(
            "UPDATE "
                + table
                + " SET applied_steps_count = applied_steps_count + 1 WHERE id = "
                + id
                + "; UPDATE "
                + table
                + " SET finished_at = now() WHERE id = "
                + id));
  }
}
