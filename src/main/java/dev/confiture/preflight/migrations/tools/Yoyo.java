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
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.migrations.Selection;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * <a href="https://ollycope.com/software/yoyo/">yoyo</a>: every {@code *.sql} and {@code *.py} of
 * the folder, by name behind what it depends on; split by sqlparse's rule ({@link YoyoText}), each
 * file in a session and a transaction of its own, each statement behind a savepoint, and its record
 * by another session.
 */
final class Yoyo implements Tool {

  private static final String NAME = "yoyo";
  private static final String SQL = ".sql";
  private static final String PYTHON = ".py";
  private static final String ROLLBACK = ".rollback.sql";
  private static final String AFTER = "post-apply";
  private static final String TEMPORARY = "_tmp_yoyonew";
  private static final String CONFIGURATION = "yoyo.ini";
  private static final String TABLE = "_yoyo_migration";

  private static final Pattern SETTING =
      Pattern.compile("(?m)^(sources|migration_table)[ \\t]*[=:][ \\t]*(\\S[^\\r\\n]*)$");
  private static final Pattern PYTHON_DEPENDS =
      Pattern.compile("__depends__\\s*=\\s*([\\[{(][^\\]})]*[\\]})]|[\"'][^\"']*[\"'])");
  private static final Pattern QUOTED = Pattern.compile("[\"']([^\"']*)[\"']");

  private static final Execution EXECUTION =
      new Execution(
          new Execution.Send.Parts(List.of()),
          Execution.Scope.FILE,
          new Execution.OutsideTransaction.Never(
              Optional.of("write -- transactional: false before the first statement")),
          Execution.Carry.NEW_SESSION,
          Execution.LedgerWrites.NONE,
          Execution.EndOfFile.TOOL_COMMITS,
          Execution.OwnEnd.SAVEPOINT_REFUSED);

  private final QualifiedName table;

  /** The ids of what each migration depends on. */
  private final Map<String, List<String>> depends;

  /** Files that are run after each deployment. */
  private final List<String> after;

  Yoyo() {
    this(QualifiedName.of(TABLE), Map.of(), List.of());
  }

  private Yoyo(QualifiedName table, Map<String, List<String>> depends, List<String> after) {
    this.table = table;
    this.depends = Map.copyOf(depends);
    this.after = List.copyOf(after);
  }

  @Override
  public String id() {
    return NAME;
  }

  @Override
  public Description description() {
    return new Description(
        "8.2.0",
        "*.sql, of which *.rollback.sql undo others; those in Python are named, and unverified",
        "by name, as text, each behind those it names with -- depends:",
        "-- transactional: false before the first statement: each statement by itself",
        "older ones are run, missing and changed ones ignored; a dependency that is not there, and a"
            + " circle of them, is refused",
        "migrations in Python; post-apply files; what a failed file without a transaction takes back"
            + " with its rollback file; several sources; other files that yoyo.ini includes");
  }

  @Override
  public Detection detect(FolderFiles files) {
    List<Path> found = migrations(files);
    if (found.isEmpty()) {
      return new Detection.Nothing();
    }
    Optional<String> what =
        files
            .project(CONFIGURATION)
            .filter(file -> names(files, file))
            .map(_ -> CONFIGURATION)
            .or(
                () ->
                    found.stream()
                        .filter(path -> FolderFiles.name(path).endsWith(SQL))
                        .filter(
                            path -> files.read(path).text().filter(Yoyo::hasDirective).isPresent())
                        .findFirst()
                        .map(path -> "yoyo's directives in " + FolderFiles.name(path)));
    if (what.isPresent()) {
      return new Detection.Evidence(what.get());
    }
    return rollbacks(files).isEmpty()
        ? new Detection.Nothing()
        : new Detection.Names("files named *" + ROLLBACK);
  }

  private static boolean hasDirective(SourceText text) {
    String beginning = text.text();
    // Only a file that has the words is split for it.
    if (!beginning.contains("depends") && !beginning.contains("transactional")) {
      return false;
    }
    YoyoText read = YoyoText.of(text);
    return read.transactional().isPresent() || !read.depends().isEmpty();
  }

  /** Returns true if the configuration's sources are the folder, or it tells none. */
  private static boolean names(FolderFiles files, Path configuration) {
    Optional<String> sources = setting(files, configuration, "sources");
    if (sources.isEmpty()) {
      return true;
    }
    Path base = configuration.resolveSibling("");
    for (String source : sources.get().strip().split("[\\s,]+", -1)) {
      try {
        Path folder = base.resolve(source.replaceFirst("^%\\(here\\)s/?", ""));
        if (Files.isDirectory(folder) && Files.isSameFile(folder, files.folder())) {
          return true;
        }
      } catch (IOException | InvalidPathException notThere) {
        // Another one may be the folder.
      }
    }
    return false;
  }

  private static Optional<String> setting(FolderFiles files, Path configuration, String key) {
    return files
        .read(configuration)
        .text()
        .flatMap(
            text ->
                SETTING
                    .matcher(text.text())
                    .results()
                    .filter(found -> found.group(1).equals(key))
                    .map(found -> found.group(2).strip())
                    .reduce((_, last) -> last));
  }

  private static Set<String> rollbacks(FolderFiles files) {
    Set<String> names = files.paths().stream().map(FolderFiles::name).collect(Collectors.toSet());
    return names.stream()
        .filter(name -> name.endsWith(ROLLBACK))
        .map(name -> name.substring(0, name.length() - ROLLBACK.length()))
        .filter(id -> names.contains(id + SQL))
        .collect(Collectors.toSet());
  }

  private static boolean isMigration(String name) {
    return (name.endsWith(SQL) || name.endsWith(PYTHON))
        && !name.endsWith(ROLLBACK)
        && !name.startsWith(TEMPORARY);
  }

  private static List<Path> migrations(FolderFiles files) {
    return files.paths().stream()
        .filter(path -> isMigration(FolderFiles.name(path)))
        .filter(path -> !FolderFiles.name(path).startsWith(AFTER))
        // An empty one, as a package has it, does nothing.
        .filter(path -> !FolderFiles.name(path).equals("__init__.py"))
        .toList();
  }

  private static String id(Path path) {
    String name = FolderFiles.name(path);
    return name.substring(0, name.lastIndexOf('.'));
  }

  @Override
  public MigrationFolder read(FolderFiles files, String evidence, Told told) {
    QualifiedName ledger =
        files
            .project(CONFIGURATION)
            .flatMap(path -> setting(files, path, "migration_table"))
            .map(QualifiedName::of)
            .orElse(QualifiedName.of(TABLE));
    Set<String> undone = rollbacks(files);
    Map<String, List<String>> dependencies = new HashMap<>();
    List<Migration> read = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Path path : migrations(files)) {
      MigrationFile file = new MigrationFile(id(path), "", path);
      FolderFiles.Content content = files.read(path);
      dependencies.putIfAbsent(
          file.version(), content.text().map(text -> depends(path, text)).orElse(List.of()));
      Migration migration = read(file, content, undone.contains(file.version()));
      read.add(
          ids.add(file.version())
              ? migration
              : migration.refusing(
                  List.of(
                      Refusal.notRun(
                          NAME
                              + " runs nothing: MigrationConflict: another file has the id "
                              + file.version(),
                          "give it another name"))));
    }
    List<String> behind =
        files.paths().stream()
            .map(FolderFiles::name)
            .filter(name -> isMigration(name) && name.startsWith(AFTER))
            .toList();
    Yoyo tool = new Yoyo(ledger, dependencies, behind);
    List<Migration> ordered = tool.ordered(read);
    Map<String, Integer> places = new HashMap<>();
    ordered.forEach(migration -> places.putIfAbsent(migration.version(), places.size()));
    return new MigrationFolder(
        tool,
        evidence,
        ordered,
        // In the order in which all would run; what is not there comes behind it.
        Comparator.<String>comparingInt(version -> places.getOrDefault(version, Integer.MAX_VALUE))
            .thenComparing(Comparator.naturalOrder()),
        false,
        MigrationFolder.ignored(files, ordered.stream().map(Migration::file).toList(), ROLLBACK));
  }

  private static List<String> depends(Path path, SourceText text) {
    if (FolderFiles.name(path).endsWith(SQL)) {
      return YoyoText.of(text).depends();
    }
    Matcher found = PYTHON_DEPENDS.matcher(text.text());
    return found.find()
        ? QUOTED.matcher(found.group(1)).results().map(each -> each.group(1)).toList()
        : List.of();
  }

  private static Migration read(
      MigrationFile file, FolderFiles.Content content, boolean reversible) {
    if (file.fileName().endsWith(PYTHON)) {
      return Migration.inCode(file);
    }
    if (content.text().isEmpty()) {
      return new Migration(file, content.unreadable());
    }
    SourceText text = content.text().get();
    YoyoText parsed = YoyoText.of(text);
    Script script = Script.of(text, parsed.starts());
    List<Refusal> refusals = new ArrayList<>(ofEmpty(parsed, text));
    if (!parsed.isValid()) {
      refusals.add(
          Refusal.notRun(
              NAME
                  + " runs nothing: KeyError: '"
                  + parsed.transactional().orElse("")
                  + "' is no value of -- transactional:",
              "write true or false, without a blank behind it"));
    }
    return new Migration(
        file,
        new MigrationText.Sql(text, script),
        Optional.empty(),
        reversible,
        refusals,
        List.of(),
        List.of());
  }

  /** Names what is sent, and holds nothing but comments: its driver refuses that. */
  private static List<Refusal> ofEmpty(YoyoText parsed, SourceText text) {
    return parsed.statements().stream()
        .filter(sent -> isNothing(text.substring(sent.start(), sent.end())))
        .map(
            sent ->
                new Refusal(
                    Refusal.Stage.TEXT,
                    sent.start(),
                    sent.end(),
                    NAME + " sends this as a statement: can't execute an empty query",
                    Optional.of("put the comment before a statement, or leave it out")))
        .toList();
  }

  /** Returns true for blanks, semicolons and comments; one in another is an error to the server. */
  private static boolean isNothing(String text) {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ';' || Character.isWhitespace(c)) {
        at++;
      } else if (text.startsWith("--", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        if (end < 0 || text.substring(at + 2, end).contains("/*")) {
          return false;
        }
        at = end + 2;
      } else {
        return false;
      }
    }
    return true;
  }

  /** Returns migrations in the order of their names, but each behind what it depends on. */
  private List<Migration> ordered(List<Migration> all) {
    List<Migration> named =
        all.stream().sorted(Comparator.comparing(m -> m.file().fileName())).toList();
    Map<String, Set<Integer>> waiting = new HashMap<>();
    Map<String, Integer> blockers = new HashMap<>();
    Set<String> ids = named.stream().map(Migration::version).collect(Collectors.toSet());
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int i = 0; i < named.size(); i++) {
      Set<String> before = new HashSet<>(depends.getOrDefault(named.get(i).version(), List.of()));
      before.retainAll(ids);
      blockers.put(named.get(i).file().fileName(), before.size());
      for (String each : before) {
        waiting.computeIfAbsent(each, _ -> new LinkedHashSet<>()).add(i);
      }
      if (before.isEmpty()) {
        ready.add(i);
      }
    }
    Set<Migration> sorted = new LinkedHashSet<>();
    while (!ready.isEmpty()) {
      Migration migration = named.get(ready.remove());
      sorted.add(migration);
      Set<Integer> freed = waiting.remove(migration.version());
      for (int i : freed == null ? Set.<Integer>of() : freed) {
        if (blockers.merge(named.get(i).file().fileName(), -1, Integer::sum) == 0) {
          ready.add(i);
        }
      }
    }
    List<Migration> circle = named.stream().filter(m -> !sorted.contains(m)).toList();
    List<Migration> ordered = new ArrayList<>(sorted);
    ordered.addAll(circle);
    return ordered;
  }

  /** Orders what is deployed together, and refuses what depends on nothing that there is. */
  @Override
  public List<Migration> inOneDeployment(
      MigrationFolder folder, Selection selection, List<Migration> chosen) {
    Set<String> ids = new HashSet<>(depends.keySet());
    after.forEach(name -> ids.add(name.substring(0, name.lastIndexOf('.'))));
    Set<String> circle = circle(chosen);
    return ordered(chosen).stream()
        .map(
            migration -> {
              List<Refusal> refusals = new ArrayList<>();
              depends.getOrDefault(migration.version(), List.of()).stream()
                  .filter(id -> !ids.contains(id))
                  .findFirst()
                  .ifPresent(
                      id ->
                          refusals.add(
                              Refusal.notRun(
                                  NAME
                                      + " runs nothing: Could not resolve dependencies in "
                                      + migration.file().fileName()
                                      + ": there is no "
                                      + id,
                                  "name a migration of the folder, without its ending")));
              if (circle.contains(migration.version())) {
                refusals.add(
                    Refusal.notRun(
                        NAME
                            + " runs nothing: Circular dependencies among these migrations "
                            + String.join(", ", circle),
                        "let one of them depend on none of the others"));
              }
              return refusals.isEmpty() ? migration : migration.refusing(refusals);
            })
        .toList();
  }

  /** Returns the ids of those that can never be reached. */
  private Set<String> circle(List<Migration> chosen) {
    Set<String> all = chosen.stream().map(Migration::version).collect(Collectors.toSet());
    Set<String> seen = new HashSet<>();
    Set<String> unreached = new LinkedHashSet<>();
    for (Migration migration : ordered(chosen)) {
      if (depends.getOrDefault(migration.version(), List.of()).stream()
          .filter(all::contains)
          .allMatch(seen::contains)) {
        seen.add(migration.version());
      } else {
        unreached.add(migration.version());
      }
    }
    return unreached;
  }

  @Override
  public Optional<LedgerFormat> ledger() {
    return Optional.of(
        new LedgerFormat(
                table,
                "migration_id",
                List.of(),
                Set.of("migration_hash"),
                Set.of(),
                List.of(),
                Yoyo::applied)
            .madeBy(
                "CREATE TABLE IF NOT EXISTS "
                    + Identifiers.quote(table)
                    + " (migration_hash VARCHAR(64), migration_id VARCHAR(255), applied_at_utc"
                    + " TIMESTAMP, PRIMARY KEY (migration_hash)); CREATE TABLE IF NOT EXISTS"
                    + " _yoyo_log (id VARCHAR(36), migration_hash VARCHAR(64), migration_id"
                    + " VARCHAR(255), operation VARCHAR(10), username VARCHAR(255), hostname"
                    + " VARCHAR(255), comment VARCHAR(255), created_at_utc TIMESTAMP, PRIMARY KEY"
                    + " (id))"));
  }

  private static Applied applied(QualifiedName table, List<LedgerFormat.Row> rows) {
    Set<String> ids = new LinkedHashSet<>();
    rows.forEach(row -> ids.add(row.version()));
    return new Applied(table, ids, Map.of());
  }

  @Override
  public Execution execution() {
    return EXECUTION;
  }

  @Override
  public Execution execution(Migration migration, Optional<Ledger> ledger) {
    Optional<YoyoText> text = migration.text().source().map(YoyoText::of);
    Execution recorded =
        EXECUTION
            .with(new Execution.Send.Parts(text.map(YoyoText::starts).orElse(List.of())))
            .recordedBy(
                new Execution.LedgerWrites(
                    Optional.empty(),
                    Optional.empty(),
                    ledger.map(l -> record(migration.version(), l))));
    return text.map(YoyoText::isTransactional).orElse(true)
        ? recorded
        : recorded.with(
            Execution.Scope.NONE,
            new Execution.OutsideTransaction.Never(
                Optional.of("end the statement before it with a semicolon")),
            Execution.EndOfFile.TRANSACTION_LOST);
  }

  /** Writes the log, which a database may lack that has been told of the ledger alone, and it. */
  private static String record(String id, Ledger ledger) {
    String hash = Identifiers.literal(Digest.SHA_256.of(id));
    String name = Identifiers.literal(id);
    return "DO $preflight$ BEGIN IF pg_catalog.to_regclass('_yoyo_log') IS NOT NULL THEN INSERT INTO"
        + " _yoyo_log (id, migration_hash, migration_id, operation, username, hostname,"
        + " created_at_utc) VALUES (pg_catalog.gen_random_uuid()::text, "
        + hash
        + ", "
        + name
        + ", 'apply', 'deployer', 'localhost', pg_catalog.now()); END IF; END $preflight$; INSERT"
        + " INTO "
        + Identifiers.quote(ledger.written())
        + " (migration_hash, migration_id, applied_at_utc) VALUES ("
        + hash
        + ", "
        + name
        + ", pg_catalog.now())";
  }

  @Override
  public List<String> notes(List<MigrationFile> together) {
    return together.isEmpty() || after.isEmpty()
        ? List.of()
        : List.of(
            "yoyo runs " + String.join(", ", after) + " after these files, which is not rehearsed");
  }
}
