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
import dev.confiture.preflight.migrations.PendingSet;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.migrations.Selection;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * <a href="https://github.com/amacneil/dbmate">dbmate</a>: {@code <digits>….sql} with a block that
 * goes up and one that goes down; each block one simple query, in a transaction with its record.
 *
 * <p>File names are compared as strings, and the digits before them are the version, as text.
 */
final class Dbmate implements Tool {

  private static final Pattern FILE = Pattern.compile("([0-9]+)[-_]?(.*)\\.sql");
  private static final Pattern UP = Pattern.compile("--\\s*migrate:up(?:\\s+(\\S.*))?\\s*");
  private static final Pattern DOWN = Pattern.compile("--\\s*migrate:down(?:\\s.*)?");

  private static final LedgerFormat LEDGER =
      new LedgerFormat(
              QualifiedName.of("schema_migrations"),
              "version",
              List.of(),
              Set.of(),
              // golang-migrate's, and Ecto's.
              Set.of("dirty", "inserted_at"),
              List.of(),
              Dbmate::applied)
          .madeBy(
              "CREATE TABLE IF NOT EXISTS public.schema_migrations (version varchar PRIMARY KEY)");

  private static final Execution EXECUTION =
      new Execution(
          new Execution.Send.WholeText(),
          Execution.Scope.FILE,
          new Execution.OutsideTransaction.Never(
              Optional.of("write -- migrate:up transaction:false")),
          Execution.Carry.SAME_SESSION,
          Execution.LedgerWrites.NONE,
          Execution.EndOfFile.TOOL_COMMITS,
          Execution.OwnEnd.TOOL_FAILS);

  /** In the order of file names: a digit comes before what ends the version. */
  private static final Comparator<String> ORDER = Comparator.comparing(version -> version + "_");

  private static final String STRICT = "strict";

  private final Told told;

  Dbmate() {
    this(Told.NOTHING);
  }

  private Dbmate(Told told) {
    this.told = told;
  }

  @Override
  public Set<String> options() {
    return Set.of(STRICT);
  }

  @Override
  public String id() {
    return "dbmate";
  }

  @Override
  public Description description() {
    return new Description(
        "2.36.0",
        "<digits>*.sql with -- migrate:up and -- migrate:down",
        "by file name, as text",
        "-- migrate:up transaction:false: the block is still one message",
        "older ones are run, or with --tool-option strict=true refused; missing and changed ones are ignored",
        "several folders; another --migrations-table");
  }

  @Override
  public Detection detect(FolderFiles files) {
    return discover(files).stream()
        .filter(
            file ->
                files.read(file.path()).text().filter(text -> find(text, UP, 1) > 0).isPresent())
        .findFirst()
        .<Detection>map(file -> new Detection.Evidence("-- migrate:up in " + file.fileName()))
        .orElseGet(Detection.Nothing::new);
  }

  @Override
  public MigrationFolder read(FolderFiles files, String evidence, Told told) {
    List<MigrationFile> found = discover(files);
    return new MigrationFolder(
        new Dbmate(told),
        evidence,
        found.stream().map(file -> read(file, files.read(file.path()))).toList(),
        ORDER,
        false,
        MigrationFolder.ignored(files, found, ".down.sql"));
  }

  private static List<MigrationFile> discover(FolderFiles files) {
    List<MigrationFile> migrations = new ArrayList<>();
    for (Path path : files.paths()) {
      Matcher name = FILE.matcher(FolderFiles.name(path));
      if (name.matches()) {
        migrations.add(new MigrationFile(name.group(1), name.group(2), path));
      }
    }
    migrations.sort(Comparator.comparing(MigrationFile::fileName));
    return migrations;
  }

  private static Migration read(MigrationFile file, FolderFiles.Content content) {
    if (content.text().isEmpty()) {
      return new Migration(file, content.unreadable());
    }
    SourceText text = content.text().get();
    int up = find(text, UP, 1);
    int down = find(text, DOWN, 1);
    List<Refusal> refusals = new ArrayList<>();
    if (up == 0) {
      refusals.add(
          Refusal.notRun(
              "dbmate requires each migration to define an up block with '-- migrate:up'",
              text.hasByteOrderMark()
                  ? "save the file without a byte order mark, which hides the marker"
                  : "begin the file with -- migrate:up"));
    } else if (down == 0) {
      refusals.add(
          Refusal.notRun(
              "dbmate requires each migration to define a down block with '-- migrate:down'",
              "end the file with -- migrate:down, with or without statements behind it"));
    } else if (up > down) {
      refusals.add(
          Refusal.notRun(
              "dbmate requires '-- migrate:up' to appear before '-- migrate:down'",
              "put the up block first"));
    } else if (hasStatements(text, up)) {
      refusals.add(
          Refusal.notRun(
              "dbmate does not support statements preceding the '-- migrate:up' block",
              "move them behind the marker"));
    }
    int end = down == 0 ? text.lineCount() + 1 : down;
    int second = down == 0 ? 0 : find(text, UP, down);
    if (refusals.isEmpty() && second > 0) {
      refusals.add(
          new Refusal(
              Refusal.Stage.FILE,
              text.lineStart(second),
              text.lineStart(second) + text.line(second).stripTrailing().length(),
              "dbmate runs the second up block too, and cannot record the version twice: duplicate"
                  + " key value violates unique constraint \"schema_migrations_pkey\"",
              Optional.of("put it into a file of its own")));
    }
    return new Migration(
        file,
        refusals.isEmpty() || second > 0 ? sent(text, up, end) : nothing(text),
        Optional.empty(),
        down > 0,
        refusals,
        List.of(),
        List.of());
  }

  private static MigrationText.Sql sent(SourceText text, int up, int end) {
    int from = text.lineStart(up);
    int to = end > text.lineCount() ? text.length() : text.lineStart(end);
    return new MigrationText.Sql(
        text,
        Script.ofOneMessage(text.blanked(List.of(new Span(0, from), new Span(to, text.length())))));
  }

  private static MigrationText.Sql nothing(SourceText text) {
    return new MigrationText.Sql(
        text, Script.ofOneMessage(text.blanked(List.of(new Span(0, text.length())))));
  }

  /** Returns true if a line before this one is neither blank nor a comment. */
  private static boolean hasStatements(SourceText text, int before) {
    for (int line = 1; line < before; line++) {
      String stripped = text.line(line).strip();
      if (!stripped.isEmpty() && !stripped.startsWith("--")) {
        return true;
      }
    }
    return false;
  }

  /** Returns the first line from this one on that is such a marker; 0 for none. */
  private static int find(SourceText text, Pattern marker, int from) {
    // A byte order mark is a part of the first line.
    for (int line = from + (from == 1 && text.hasByteOrderMark() ? 1 : 0);
        line <= text.lineCount();
        line++) {
      if (marker.matcher(text.line(line)).matches()) {
        return line;
      }
    }
    return 0;
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

  /** Takes what is older than the newest applied one, unless it is strict. */
  @Override
  public PendingSet plan(MigrationFolder folder, Selection.Known selection) {
    PendingSet all = PendingSet.notApplied(folder, selection);
    Optional<String> newest = selection.applied().stream().max(String::compareTo);
    return !told.isOn(STRICT) || newest.isEmpty()
        ? all
        : all.with(
            migration ->
                migration.version().compareTo(newest.get()) > 0
                    ? migration
                    : migration.refusing(
                        List.of(
                            Refusal.notRun(
                                "dbmate runs nothing: migration `"
                                    + migration.version()
                                    + "` is out of order with already applied migrations, the"
                                    + " version number has to be higher than the applied migration `"
                                    + newest.get()
                                    + "` in --strict mode",
                                "give it a version above " + newest.get()))));
  }

  @Override
  public Execution execution() {
    return EXECUTION;
  }

  @Override
  public Execution execution(Migration migration, Optional<Ledger> ledger) {
    Execution recorded = EXECUTION.recordedBy(ledger.map(l -> insert(migration, l)));
    return isTransactional(migration)
        ? recorded
        : recorded.with(
            Execution.Scope.NONE,
            new Execution.OutsideTransaction.Never(
                Optional.of(
                    "put it into a file of its own: dbmate sends all statements of a block"
                        + " together")),
            Execution.EndOfFile.TRANSACTION_REFUSED);
  }

  private static boolean isTransactional(Migration migration) {
    return migration
        .text()
        .source()
        .map(
            text -> {
              int up = find(text, UP, 1);
              Matcher options = UP.matcher(up == 0 ? "" : text.line(up));
              return !options.matches()
                  || options.group(1) == null
                  || !List.of(options.group(1).strip().split("\\s+", -1))
                      .contains("transaction:false");
            })
        .orElse(true);
  }

  /** The schema is asked for anew each time: what the file sets as its search_path decides. */
  private static String insert(Migration migration, Ledger ledger) {
    return "DO $preflight$ BEGIN EXECUTE pg_catalog.format('INSERT INTO %I.%I (version) VALUES"
        + " (%L)', COALESCE(pg_catalog.current_schema(), 'public'), "
        + Identifiers.literal(ledger.table().name())
        + ", "
        + Identifiers.literal(migration.version())
        + "); END $preflight$";
  }
}
