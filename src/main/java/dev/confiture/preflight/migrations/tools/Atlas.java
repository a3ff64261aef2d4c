package dev.confiture.preflight.migrations.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
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
import dev.confiture.preflight.migrations.PendingSet;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.migrations.Selection;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * <a href="https://atlasgo.io/versioned/apply">Atlas</a>: every {@code *.sql} of the folder in the
 * order of names, guarded by {@code atlas.sum}; a simple query a statement ({@link AtlasScanner}),
 * in a transaction with its record.
 */
final class Atlas implements Tool {

  private static final String SQL = ".sql";
  private static final String CONFIGURATION = "atlas.hcl";
  private static final String ORDER = "exec-order";
  private static final String TRANSACTION = "tx-mode";
  private static final String LINEAR = "linear";
  private static final String LINEAR_SKIP = "linear-skip";
  private static final String NON_LINEAR = "non-linear";
  private static final String NONE = "none";
  private static final String FILE = "file";
  private static final String ALL = "all";

  private static final Pattern DIRECTORY =
      Pattern.compile("(?m)^[ \\t]*+dir\\s*+=\\s*+\"file://([^\"?]*)\"");
  private static final Pattern EXECUTION_ORDER =
      Pattern.compile("(?m)^[ \\t]*+exec_order\\s*+=\\s*+\"?([A-Za-z_-]+)");
  private static final Pattern DIRECTIVE = Pattern.compile("(?d)[ -~]*atlas:(\\w+)(?: +(.+))?.*");

  /** Markers of other tools, whose folders Atlas can write and run, in a format of theirs. */
  private static final Pattern FOREIGN =
      Pattern.compile("(?mi)^--\\s*(?:\\+goose|migrate:up|liquibase formatted sql)\\b");

  private static final Pattern FOREIGN_NAME =
      Pattern.compile("(?:.*\\.(?:up|down)\\.sql|[VRUB][0-9._]*__.*\\.sql)");

  private static final String TABLE = "atlas_schema_revisions";

  /** A row that names the table itself, and no migration. */
  private static final String IDENTIFIER = ".atlas_cloud_identifier";

  private static final String TYPE = "type";
  private static final String APPLIED = "applied";
  private static final String TOTAL = "total";
  private static final String HASHES = "partial_hashes";
  private static final String BASELINE = "1";

  private static final LedgerFormat LEDGER =
      new LedgerFormat(
              QualifiedName.of(TABLE),
              "version",
              List.of(TYPE, APPLIED, TOTAL, HASHES),
              List.of(TABLE),
              Atlas::applied)
          .madeBy(
              "CREATE SCHEMA IF NOT EXISTS atlas_schema_revisions; CREATE TABLE IF NOT EXISTS"
                  + " atlas_schema_revisions.atlas_schema_revisions (version character varying NOT"
                  + " NULL PRIMARY KEY, description character varying NOT NULL, type bigint NOT NULL"
                  + " DEFAULT 2, applied bigint NOT NULL DEFAULT 0, total bigint NOT NULL DEFAULT 0,"
                  + " executed_at timestamptz NOT NULL, execution_time bigint NOT NULL, error text,"
                  + " error_stmt text, hash character varying NOT NULL, partial_hashes jsonb,"
                  + " operator_version character varying NOT NULL)");

  private static final Execution.OutsideTransaction.Never NEVER =
      new Execution.OutsideTransaction.Never(
          Optional.of("begin the file with -- atlas:txmode none and a blank line"));

  private static final Execution EXECUTION =
      new Execution(
          new Execution.Send.Parts(List.of()),
          Execution.Scope.FILE,
          NEVER,
          Execution.Carry.SAME_SESSION,
          Execution.LedgerWrites.NONE,
          Execution.EndOfFile.TOOL_COMMITS,
          Execution.OwnEnd.TOOL_FAILS);

  private final String order;
  private final String transaction;
  private final Set<String> checkpoints;
  private final List<Refusal> ofFolder;

  Atlas() {
    this(LINEAR, FILE, Set.of(), List.of());
  }

  private Atlas(String order, String transaction, Set<String> checkpoints, List<Refusal> ofFolder) {
    this.order = order;
    this.transaction = transaction;
    this.checkpoints = checkpoints;
    this.ofFolder = ofFolder;
  }

  @Override
  public String id() {
    return "atlas";
  }

  @Override
  public Optional<String> refusalWithoutLedger() {
    return Optional.of(
        "connected database is not clean. baseline version or allow-dirty is required");
  }

  @Override
  public Set<String> options() {
    return Set.of(ORDER, TRANSACTION);
  }

  @Override
  public Description description() {
    return new Description(
        "its library of 2026, with lib/pq",
        "*.sql, with their checksums in " + AtlasSum.FILE,
        "by file name, as text",
        "-- atlas:txmode none in the comment at the top, before a blank line, or --tool-option"
            + " tx-mode=none: each statement by itself; tx-mode=all: one transaction for all files",
        "a folder that "
            + AtlasSum.FILE
            + " does not match is refused, as are older files unless"
            + " exec-order of the migration in atlas.hcl, or --tool-option exec-order, is"
            + " non-linear; a file that was applied in part goes on behind it, unless that has"
            + " changed; missing older ones are ignored",
        "folders in another tool's format (?format=…); templates and variables of atlas.hcl;"
            + " baseline and allow-dirty; what Atlas's commercial edition adds");
  }

  @Override
  public Detection detect(FolderFiles files) {
    List<Path> found = discover(files);
    boolean summed = Files.isRegularFile(files.folder().resolve(AtlasSum.FILE));
    Optional<Path> configuration = files.project(CONFIGURATION);
    // Without either no file need be looked into.
    if (found.isEmpty()
        || !(summed || configuration.isPresent())
        || found.stream().anyMatch(file -> isForeign(file, files))) {
      return new Detection.Nothing();
    }
    if (summed) {
      return new Detection.Evidence(AtlasSum.FILE);
    }
    return configuration
        .filter(path -> namesFolder(path, files))
        .<Detection>map(_ -> new Detection.Evidence(CONFIGURATION + " names the folder"))
        .orElseGet(Detection.Nothing::new);
  }

  private static boolean isForeign(Path file, FolderFiles files) {
    return FOREIGN_NAME.matcher(FolderFiles.name(file)).matches()
        || files.read(file).text().filter(text -> FOREIGN.matcher(text.text()).find()).isPresent();
  }

  private static boolean namesFolder(Path configuration, FolderFiles files) {
    Matcher named =
        DIRECTORY.matcher(files.read(configuration).text().map(SourceText::text).orElse(""));
    while (named.find()) {
      try {
        Path folder = configuration.resolveSibling(named.group(1));
        if (Files.isDirectory(folder) && Files.isSameFile(folder, files.folder())) {
          return true;
        }
      } catch (IOException | IllegalArgumentException other) {
        // It names what is no folder here.
      }
    }
    return false;
  }

  private static List<Path> discover(FolderFiles files) {
    return files.paths().stream()
        .filter(path -> FolderFiles.name(path).endsWith(SQL))
        .sorted(Comparator.comparing(FolderFiles::name))
        .toList();
  }

  @Override
  public MigrationFolder read(FolderFiles files, String evidence, Told told) {
    List<MigrationFile> found = discover(files).stream().map(Atlas::file).toList();
    String mode = told.options().getOrDefault(TRANSACTION, FILE);
    refuseUnknown(TRANSACTION, mode, List.of(NONE, FILE, ALL));
    AtlasSum.Sum sum = new AtlasSum.Sum();
    Set<String> checkpoints = new TreeSet<>();
    List<Migration> migrations = new ArrayList<>();
    List<MigrationFile> doubled = MigrationFolder.doubled(found, Comparator.naturalOrder());
    for (MigrationFile file : found) {
      FolderFiles.Content content = files.read(file.path());
      Optional<String> hash = content.bytes().flatMap(bytes -> sum.add(file.fileName(), bytes));
      List<String> top = content.text().map(Atlas::top).orElse(List.of());
      if (!directives(top, "checkpoint").isEmpty()) {
        checkpoints.add(file.version());
      }
      Migration read = read(file, content, hash, refusals(file, top, hash, mode));
      migrations.add(doubled.contains(file) ? read.refusing(List.of(twice(file))) : read);
    }
    List<Refusal> refused =
        fault(files, sum.end())
            .map(
                fault ->
                    List.of(
                        Refusal.ofFile(
                            "atlas runs none of the folder's files: " + fault,
                            "check the files and run atlas migrate hash")))
            .orElse(List.of());
    return new MigrationFolder(
        new Atlas(order(files, told), mode, checkpoints, refused),
        evidence,
        migrations.stream().map(migration -> migration.refusing(refused)).toList(),
        Comparator.naturalOrder(),
        false,
        MigrationFolder.ignored(files, found, "\0"));
  }

  private static void refuseUnknown(String option, String value, List<String> known) {
    if (!known.contains(value)) {
      throw new UsageProblem(
          "--tool-option " + option + "=" + value + " is nothing that atlas knows",
          "one of " + String.join(", ", known));
    }
  }

  /** Returns the order that the user tells, else that of the configuration where it has one. */
  private static String order(FolderFiles files, Told told) {
    String given = told.options().get(ORDER);
    if (given != null) {
      refuseUnknown(ORDER, given, List.of(LINEAR, LINEAR_SKIP, NON_LINEAR));
      return given;
    }
    String text =
        files
            .project(CONFIGURATION)
            .flatMap(path -> files.read(path).text())
            .map(SourceText::text)
            .orElse("");
    Set<String> orders =
        EXECUTION_ORDER
            .matcher(text)
            .results()
            .map(found -> found.group(1).toLowerCase(Locale.ROOT).replace('_', '-'))
            .collect(Collectors.toSet());
    return orders.size() == 1 ? orders.iterator().next() : LINEAR;
  }

  private static Optional<String> fault(FolderFiles files, AtlasSum sum) {
    Path path = files.folder().resolve(AtlasSum.FILE);
    return Files.exists(path)
        ? sum.fault(files.read(path).text().map(SourceText::text).orElse(""))
        : Optional.of("checksum file not found");
  }

  private static MigrationFile file(Path path) {
    String name = FolderFiles.name(path);
    String title = name.substring(0, name.length() - SQL.length());
    int underscore = title.indexOf('_');
    return new MigrationFile(
        underscore < 0 ? title : title.substring(0, underscore),
        underscore < 0 ? "" : title.substring(underscore + 1),
        path);
  }

  private static Migration read(
      MigrationFile file,
      FolderFiles.Content content,
      Optional<String> hash,
      List<Refusal> refusals) {
    if (content.text().isEmpty()) {
      return new Migration(file, content.unreadable());
    }
    SourceText text = content.text().get();
    AtlasScanner.Scanned scanned = AtlasScanner.scan(text, file.fileName());
    List<Refusal> all = new ArrayList<>(refusals);
    scanned.fault().ifPresent(all::add);
    boolean unread =
        top(text).isEmpty() && text.text().lines().limit(1).anyMatch(l -> l.contains("atlas:tx"));
    return new Migration(
        file,
        sent(text, scanned.statements(), 0),
        hash,
        false,
        all,
        List.of(),
        unread
            ? List.of(
                "atlas does not read the directive in its first line: a blank line, ended by LF"
                    + " alone, must follow the comments at the top")
            : List.of());
  }

  /** Returns a file from one of its statements on. */
  private static MigrationText.Sql sent(SourceText text, List<Span> statements, int from) {
    List<Span> notSent = new ArrayList<>();
    int gap = 0;
    for (Span statement : statements.subList(from, statements.size())) {
      notSent.add(new Span(gap, statement.start()));
      gap = statement.end();
    }
    notSent.add(new Span(gap, text.length()));
    return new MigrationText.Sql(
        text,
        Script.of(text.blanked(notSent), statements.stream().skip(from).map(Span::start).toList()));
  }

  /** Returns the comments at the top of a file, which a blank line must end. */
  private static List<String> top(SourceText text) {
    List<String> comments = new ArrayList<>();
    String all = text.text();
    int at = 0;
    while (all.startsWith("--", at) || all.startsWith("#", at)) {
      int end = all.indexOf('\n', at);
      comments.add(all.substring(at, end < 0 ? all.length() : end).strip());
      at = end < 0 ? all.length() : end + 1;
    }
    int end = all.indexOf('\n', at);
    boolean apart = at == all.length() || (end >= 0 && all.substring(at, end).matches("[ \\t]*+"));
    return apart ? comments : List.of();
  }

  private static List<String> directives(List<String> top, String name) {
    List<String> values = new ArrayList<>();
    for (String comment : top) {
      Matcher directive = DIRECTIVE.matcher(comment);
      if (directive.matches() && directive.group(1).equals(name)) {
        values.add(Optional.ofNullable(directive.group(2)).orElse(""));
      }
    }
    return values;
  }

  private static List<Refusal> refusals(
      MigrationFile file, List<String> top, Optional<String> hash, String mode) {
    List<String> modes = directives(top, "txmode");
    String name = "\"" + file.fileName() + "\"";
    String fault = "";
    if (modes.size() > 1) {
      fault = "multiple txmode values found in file " + name;
    } else if (modes.contains(ALL)) {
      fault = "txmode \"all\" is not allowed in file directive " + name + ". Use \"file\" instead";
    } else if (!List.of(NONE, FILE).containsAll(modes)) {
      fault = "unknown txmode \"" + modes.getFirst() + "\" found in file directive " + name;
    } else if (!modes.isEmpty() && mode.equals(ALL)) {
      fault =
          "cannot set txmode directive to \""
              + modes.getFirst()
              + "\" in "
              + name
              + " when txmode \"all\" is set globally";
    } else if (hash.isEmpty()) {
      fault = "sql/migrate: scanning checksum from " + name + ": checksum not found";
    }
    return fault.isEmpty()
        ? List.of()
        : List.of(
            Refusal.notRun("atlas stops at the file: " + fault, "mend the directive at its top"));
  }

  private static Refusal twice(MigrationFile file) {
    return Refusal.notRun(
        "atlas stops with a panic at the second file of version "
            + file.version()
            + ": it takes it for the first, which is applied",
        "give it a version of its own, and run atlas migrate hash");
  }

  @Override
  public Optional<LedgerFormat> ledger() {
    return Optional.of(LEDGER);
  }

  /** The newest one may be applied in part, and is pending then. */
  private static Applied applied(QualifiedName table, List<LedgerFormat.Row> rows) {
    Map<String, LedgerFormat.Row> revisions = new TreeMap<>();
    rows.stream()
        .filter(row -> !row.version().equals(IDENTIFIER))
        .forEach(row -> revisions.put(row.version(), row));
    List<LedgerFormat.Row> sorted = List.copyOf(revisions.values());
    Set<String> versions = new TreeSet<>(revisions.keySet());
    sorted.stream()
        .skip(Math.max(0, sorted.size() - 1L))
        .filter(Atlas::isPartial)
        .forEach(newest -> versions.remove(newest.version()));
    return new Applied(table, versions, Map.of(), Optional.empty(), Optional.empty(), sorted);
  }

  private static boolean isPartial(LedgerFormat.Row row) {
    return !row.details().getOrDefault(APPLIED, "").equals(row.details().getOrDefault(TOTAL, ""));
  }

  @Override
  public PendingSet plan(MigrationFolder folder, Selection.Known selection) {
    PendingSet all = PendingSet.notApplied(folder, selection);
    List<LedgerFormat.Row> rows = selection.recorded().map(Applied::rows).orElse(List.of());
    Optional<LedgerFormat.Row> partial =
        rows.isEmpty() ? Optional.empty() : Optional.of(rows.getLast()).filter(Atlas::isPartial);
    SortedSet<String> known = new TreeSet<>(selection.applied());
    partial.ifPresent(row -> known.add(row.version()));
    PendingSet planned = known.isEmpty() ? all : planned(all, rows, partial, known);
    if (partial.isPresent() && !folder.has(partial.get().version())) {
      return planned.refusing(
          Refusal.notRun(
              "atlas runs nothing: sql/migrate: missing migration: revision \""
                  + partial.get().version()
                  + "\" is partially applied but migration file was not found",
              "put the file back"),
          folder);
    }
    return planned.orRefused(ofFolder, folder);
  }

  private PendingSet planned(
      PendingSet all,
      List<LedgerFormat.Row> rows,
      Optional<LedgerFormat.Row> partial,
      SortedSet<String> known) {
    String first = known.first();
    String newest = known.last();
    String resumed = partial.map(LedgerFormat.Row::version).orElse("");
    // Files that a baseline or a checkpoint stands for are done with.
    boolean covered =
        checkpoints.contains(first)
            || rows.stream()
                .filter(row -> row.version().equals(first))
                .anyMatch(row -> BASELINE.equals(row.details().get(TYPE)));
    return all.only(
            migration ->
                migration.version().equals(resumed)
                    || (!checkpoints.contains(migration.version())
                        && !(covered && migration.version().compareTo(first) < 0)))
        .with(
            migration -> {
              String version = migration.version();
              if (version.equals(resumed)) {
                return resumed(migration, partial.orElseThrow());
              }
              if (version.compareTo(first) < 0) {
                return migration.refusing(List.of(neverRun(version, "first", first)));
              }
              return version.compareTo(newest) < 0
                  ? migration.refusing(outOfOrder(migration, newest))
                  : migration;
            });
  }

  private static Refusal neverRun(String version, String which, String other) {
    return Refusal.notRun(
        "atlas never runs it: version "
            + version
            + " comes before "
            + other
            + ", the "
            + which
            + " applied one",
        "give it a version of its own behind that, and run atlas migrate hash");
  }

  private List<Refusal> outOfOrder(Migration migration, String newest) {
    return switch (order) {
      case NON_LINEAR -> List.of();
      case LINEAR_SKIP -> List.of(neverRun(migration.version(), "newest", newest));
      default ->
          List.of(
              Refusal.notRun(
                  "atlas runs nothing: migration file "
                      + migration.file().fileName()
                      + " was added out of order",
                  "give it a version above "
                      + newest
                      + " with atlas migrate rebase, or deploy with --exec-order non-linear"));
    };
  }

  /** Returns a file from the statement on at which the deployment before has stopped. */
  private static Migration resumed(Migration migration, LedgerFormat.Row row) {
    Optional<SourceText> text = migration.text().source();
    int done = done(row);
    if (text.isEmpty() || done == 0) {
      return migration;
    }
    String name = migration.file().fileName();
    List<Span> statements = AtlasScanner.scan(text.get(), name).statements();
    List<String> sums =
        AtlasSum.ofStatements(
            statements.stream().map(s -> text.get().substring(s.start(), s.end())).toList());
    List<String> recorded = hashes(row.details().getOrDefault(HASHES, ""));
    for (int i = 0; i < done; i++) {
      if (i >= sums.size() || i >= recorded.size() || !sums.get(i).equals(recorded.get(i))) {
        return migration.refusing(
            List.of(
                Refusal.notRun(
                    "atlas runs nothing: sql/migrate: history changed: statement "
                        + (i + 1)
                        + " from file \""
                        + name
                        + "\" changed",
                    "put back what was applied of it; mend what comes behind")));
      }
    }
    List<String> notes = new ArrayList<>(migration.notes());
    notes.add(
        "a deployment has stopped in it: atlas goes on behind statement "
            + done
            + " of "
            + statements.size());
    return new Migration(
        migration.file(),
        sent(text.get(), statements, done),
        migration.checksum(),
        migration.reversible(),
        migration.refusals(),
        migration.preconditions(),
        notes);
  }

  /**
   * Returns how many statements are applied; of a table that is another, or mended by hand, all.
   */
  private static int done(LedgerFormat.Row row) {
    try {
      return Math.max(0, Integer.parseInt(row.details().getOrDefault(APPLIED, "0")));
    } catch (NumberFormatException other) {
      return Integer.MAX_VALUE;
    }
  }

  private static List<String> hashes(String json) {
    try {
      List<String> all = new ArrayList<>();
      for (JsonNode hash : new ObjectMapper().readTree(json)) {
        all.add(hash.asText());
      }
      return all;
    } catch (JsonProcessingException other) {
      return List.of();
    }
  }

  /** A first deployment begins at the last checkpoint; later ones leave checkpoints out. */
  @Override
  public List<Migration> inOneDeployment(
      MigrationFolder folder, Selection selection, List<Migration> chosen) {
    boolean first =
        switch (selection) {
          case Selection.Everything _ -> true;
          case Selection.Known known ->
              known.applied().isEmpty()
                  && known.recorded().map(Applied::rows).orElse(List.of()).isEmpty();
          case Selection.Since _ -> false;
        };
    if (!first) {
      return selection instanceof Selection.Since
          ? chosen.stream().filter(m -> !checkpoints.contains(m.version())).toList()
          : chosen;
    }
    int from = 0;
    for (int i = 0; i < chosen.size(); i++) {
      from = checkpoints.contains(chosen.get(i).version()) ? i : from;
    }
    return chosen.subList(from, chosen.size());
  }

  @Override
  public Execution execution() {
    return transaction.equals(ALL)
        ? EXECUTION.with(Execution.Scope.RUN, NEVER, Execution.EndOfFile.TOOL_COMMITS)
        : EXECUTION;
  }

  @Override
  public Execution execution(Migration migration, Optional<Ledger> ledger) {
    List<Span> statements =
        migration
            .text()
            .source()
            .map(text -> AtlasScanner.scan(text, "").statements())
            .orElse(List.of());
    // What was applied before is not sent again.
    int first =
        migration.text() instanceof MigrationText.Sql(_, Script script, _)
                && !script.pieces().isEmpty()
            ? script.pieces().getFirst().start()
            : 0;
    // It records a file before its first statement and after each.
    Optional<String> record = ledger.map(table -> record(migration, table, statements.size()));
    Execution recorded =
        execution()
            .with(
                new Execution.Send.Parts(
                    statements.stream()
                        .filter(statement -> statement.end() > first)
                        .map(Span::start)
                        .toList()))
            .recordedBy(
                new Execution.LedgerWrites(Optional.empty(), record, Optional.empty(), record))
            .between(
                new Execution.Around(
                    record.stream()
                        .map(query -> new Execution.Query("the record of its beginning", query))
                        .toList(),
                    List.of()));
    List<String> modes =
        migration.text().source().map(text -> directives(top(text), "txmode")).orElse(List.of());
    String mode = modes.isEmpty() ? transaction : modes.getFirst();
    return mode.equals(NONE)
        ? recorded.with(
            Execution.Scope.NONE,
            new Execution.OutsideTransaction.Never(
                Optional.of(
                    "leave BEGIN and END out of the file: atlas sends all between them"
                        + " together")),
            Execution.EndOfFile.TRANSACTION_LOST)
        : recorded;
  }

  private static String record(Migration migration, Ledger ledger, int statements) {
    QualifiedName table =
        ledger.creation().isPresent() ? QualifiedName.of(TABLE, TABLE) : ledger.table();
    return "INSERT INTO "
        + Identifiers.quote(table)
        + " (version, description, type, applied, total, executed_at, execution_time, error,"
        + " error_stmt, hash, partial_hashes, operator_version) VALUES ("
        + Identifiers.literal(migration.version())
        + ", "
        + Identifiers.literal(migration.file().name())
        + ", 2, "
        + statements
        + ", "
        + statements
        + ", pg_catalog.now(), 0, '', '', "
        + Identifiers.literal(migration.checksum().orElse(""))
        + ", NULL, 'Atlas CLI') ON CONFLICT (version) DO UPDATE SET description ="
        + " excluded.description, type = excluded.type, applied = excluded.applied, total ="
        + " excluded.total, executed_at = excluded.executed_at, execution_time ="
        + " excluded.execution_time, error = excluded.error, error_stmt = excluded.error_stmt,"
        + " hash = excluded.hash, partial_hashes = excluded.partial_hashes, operator_version ="
        + " excluded.operator_version";
  }
}
