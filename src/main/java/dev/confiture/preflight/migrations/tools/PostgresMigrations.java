package dev.confiture.preflight.migrations.tools;

import dev.confiture.preflight.migrations.Digest;
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
import dev.confiture.preflight.migrations.PendingSet;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.migrations.Selection;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * <a href="https://github.com/ThomWright/postgres-migrations">postgres-migrations</a>: {@code
 * <number>_<name>.sql}, numbered from 1 without a gap; each one simple query in a transaction with
 * its record, which holds the SHA-1 of name and text.
 */
final class PostgresMigrations implements Tool {

  private static final String NAME = "postgres-migrations";
  private static final Pattern FILE =
      Pattern.compile("(-?[0-9]+)[-_]?(.*).(?:sql|js)", Pattern.CASE_INSENSITIVE);
  private static final String DISABLE = "-- postgres-migrations disable-transaction";
  private static final String HASH = "hash";

  /** Identifies the migration that makes the table itself, whose number is 0. */
  private static final String OWN_HASH = "e18db593bcde2aca2a408c4d1100f6abba2195df";

  private static final LedgerFormat LEDGER =
      new LedgerFormat(
              QualifiedName.of("migrations"),
              "id",
              List.of(HASH),
              Set.of(HASH, "executed_at", "name"),
              Set.of(),
              List.of(),
              PostgresMigrations::applied)
          .madeBy(
              "CREATE TABLE IF NOT EXISTS migrations (id integer PRIMARY KEY, name varchar(100)"
                  + " UNIQUE NOT NULL, hash varchar(40) NOT NULL, executed_at timestamp DEFAULT"
                  + " current_timestamp); INSERT INTO migrations (id, name, hash) VALUES (0,"
                  + " 'create-migrations-table', '"
                  + OWN_HASH
                  + "') ON CONFLICT DO NOTHING");

  private static final Execution EXECUTION =
      new Execution(
          new Execution.Send.WholeText(),
          Execution.Scope.FILE,
          new Execution.OutsideTransaction.Never(Optional.of("write " + DISABLE)),
          Execution.Carry.SAME_SESSION,
          Execution.LedgerWrites.NONE,
          Execution.EndOfFile.TOOL_COMMITS,
          Execution.OwnEnd.IGNORED);

  private final List<Refusal> ofFolder;

  PostgresMigrations() {
    this(List.of());
  }

  private PostgresMigrations(List<Refusal> ofFolder) {
    this.ofFolder = ofFolder;
  }

  @Override
  public String id() {
    return NAME;
  }

  @Override
  public Description description() {
    return new Description(
        "5.3.0",
        "<number>_<name>.sql, numbered from 1 without a gap",
        "by number",
        DISABLE + ", anywhere in the file: it is still one message",
        "gaps, duplicates and changed or renamed applied files are refused, a missing newest one"
            + " ignored",
        "migrations in JavaScript");
  }

  @Override
  public Detection detect(FolderFiles files) {
    return PackageJson.evidence(files, NAME)
        .<Detection>map(Detection.Evidence::new)
        .orElseGet(Detection.Nothing::new);
  }

  @Override
  public MigrationFolder read(FolderFiles files, String evidence, Told told) {
    List<MigrationFile> found = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    for (Path path : files.paths()) {
      String name = FolderFiles.name(path);
      String lower = name.toLowerCase(Locale.ROOT);
      if (!Files.isRegularFile(path) || !(lower.endsWith(".sql") || lower.endsWith(".js"))) {
        continue;
      }
      Matcher parsed = FILE.matcher(name);
      if (parsed.matches()) {
        found.add(new MigrationFile(parsed.group(1), parsed.group(2), path));
      } else {
        refusals.add(refusal("Invalid file name: '" + name + "'.", "move it out of the folder"));
      }
    }
    found.sort(MigrationFolder.order(NumericVersions.ORDER));
    for (int i = 0; i < found.size(); i++) {
      if (!new BigInteger(found.get(i).version()).equals(BigInteger.valueOf(i + 1L))) {
        refusals.add(
            refusal(
                "Found a non-consecutive migration ID on file: '" + found.get(i).fileName() + "'",
                "number the files from 1 without a gap"));
        break;
      }
    }
    return new MigrationFolder(
        new PostgresMigrations(refusals),
        evidence,
        found.stream().map(file -> read(file, files.read(file.path())).refusing(refusals)).toList(),
        NumericVersions.ORDER,
        false,
        MigrationFolder.ignored(files, found, "\0"));
  }

  private static Refusal refusal(String message, String hint) {
    return Refusal.ofFile(NAME + " runs none of the folder's files: " + message, hint);
  }

  private static Migration read(MigrationFile file, FolderFiles.Content content) {
    // A program is known by the SQL that it returns.
    if (file.fileName().toLowerCase(Locale.ROOT).endsWith(".js")) {
      return Migration.inCode(file);
    }
    if (content.text().isEmpty()) {
      return new Migration(file, content.unreadable());
    }
    SourceText text = content.text().get();
    return new Migration(
        file,
        new MigrationText.Sql(Script.ofOneMessage(text)),
        Optional.of(Digest.SHA_1.of(file.fileName() + text.text())),
        false,
        List.of(),
        List.of(),
        List.of());
  }

  @Override
  public Optional<LedgerFormat> ledger() {
    return Optional.of(LEDGER);
  }

  private static Applied applied(QualifiedName table, List<LedgerFormat.Row> rows) {
    Set<String> versions = new LinkedHashSet<>();
    Map<String, String> checksums = new HashMap<>();
    for (LedgerFormat.Row row : rows) {
      if (!row.version().equals("0")) {
        versions.add(row.version());
        Optional.ofNullable(row.details().get(HASH))
            .ifPresent(hash -> checksums.put(row.version(), hash));
      }
    }
    return new Applied(table, versions, checksums);
  }

  /** Refuses all where an applied file's name or text has changed. */
  @Override
  public PendingSet plan(MigrationFolder folder, Selection.Known selection) {
    PendingSet all = PendingSet.notApplied(folder, selection);
    Map<String, String> recorded = selection.recorded().map(Applied::checksums).orElse(Map.of());
    List<String> changed =
        folder.migrations().stream()
            .filter(
                migration ->
                    Optional.ofNullable(
                            recorded.get(new BigInteger(migration.version()).toString()))
                        .filter(
                            hash ->
                                migration.checksum().filter(now -> !now.equals(hash)).isPresent())
                        .isPresent())
            .map(migration -> migration.file().fileName())
            .toList();
    if (!changed.isEmpty()) {
      return all.refusing(
          Refusal.notRun(
              NAME
                  + " runs nothing: Hashes don't match for migrations '"
                  + String.join(", ", changed)
                  + "'. This means that the scripts have changed since it was applied.",
              "put the applied text and name back, and write a further migration"),
          folder);
    }
    return all.orRefused(ofFolder, folder);
  }

  @Override
  public Execution execution() {
    return EXECUTION;
  }

  @Override
  public Execution execution(Migration migration, Optional<Ledger> ledger) {
    Execution recorded = EXECUTION.recordedBy(ledger.map(l -> insert(migration, l)));
    return migration.text().source().filter(text -> text.text().contains(DISABLE)).isPresent()
        ? recorded.with(
            Execution.Scope.NONE,
            new Execution.OutsideTransaction.Never(
                Optional.of(
                    "put it into a file of its own: "
                        + NAME
                        + " sends all statements of a file together")),
            Execution.EndOfFile.TRANSACTION_LOST)
        : recorded;
  }

  private static String insert(Migration migration, Ledger ledger) {
    String name = migration.file().name();
    return "INSERT INTO "
        + Identifiers.quote(ledger.written())
        + " (id, name, hash) VALUES ("
        + new BigInteger(migration.version())
        + ", "
        + Identifiers.literal(name.isEmpty() ? migration.file().fileName() : name)
        + ", "
        + Identifiers.literal(migration.checksum().orElse(""))
        + ")";
  }
}
